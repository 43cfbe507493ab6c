import { useSyncExternalStore } from 'react';

/** What can be done about it. */
interface Action {
  readonly label: string;
  readonly onSelect: () => void;
}

interface Notice {
  readonly id: number;
  readonly text: string;
  readonly action: Action | undefined;
}

const STAYS_MS = 5000;
/** With something to press, which has to be found first. */
const STAYS_WITH_ACTION_MS = 20_000;
let notices: readonly Notice[] = [];
let last = 0;
const listeners = new Set<() => void>();

function show(next: readonly Notice[]): void {
  notices = next;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Says in the corner of the page that something was done. */
export function notify(text: string): void {
  add(text, undefined);
}

/** The same, with what can be done about it. @returns takes it away again */
export const notifyWith = (text: string, action: Action): (() => void) => add(text, action);

function add(text: string, action: Action | undefined): () => void {
  const id = ++last;
  const close = (): void => show(notices.filter((one) => one.id !== id));
  const onSelect = (): void => {
    close();
    action?.onSelect();
  };
  show([...notices, { id, text, action: action && { ...action, onSelect } }]);
  setTimeout(close, action === undefined ? STAYS_MS : STAYS_WITH_ACTION_MS);
  return close;
}

/** The corner. */
export function Notices() {
  const shown = useSyncExternalStore(subscribe, () => notices);
  return (
    <div role="status" className="pointer-events-none fixed right-4 bottom-4 z-50 flex flex-col items-end gap-2">
      {shown.map(({ id, text, action }) => (
        <p key={id} className="max-w-80 rounded-lg border border-line bg-raised px-3 py-2 text-sm text-ink shadow-lg">
          {text}
          {action !== undefined && (
            <button
              type="button"
              onClick={action.onSelect}
              className="pointer-events-auto ml-2 text-accent underline underline-offset-2"
            >
              {action.label}
            </button>
          )}
        </p>
      ))}
    </div>
  );
}
