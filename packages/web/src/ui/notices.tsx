import { useSyncExternalStore } from 'react';

interface Notice {
  readonly id: number;
  readonly text: string;
}

const STAYS_MS = 5000;
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
  const id = ++last;
  show([...notices, { id, text }]);
  setTimeout(() => show(notices.filter((one) => one.id !== id)), STAYS_MS);
}

/** The corner. */
export function Notices() {
  const shown = useSyncExternalStore(subscribe, () => notices);
  return (
    <div role="status" className="pointer-events-none fixed right-4 bottom-4 z-50 flex flex-col items-end gap-2">
      {shown.map(({ id, text }) => (
        <p key={id} className="max-w-80 rounded-lg border border-line bg-raised px-3 py-2 text-sm text-ink shadow-lg">
          {text}
        </p>
      ))}
    </div>
  );
}
