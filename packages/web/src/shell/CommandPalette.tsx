import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useList } from '../api/queries.ts';
import type { Named } from '../api/types.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { isFor, NAVIGATION } from './navigation.ts';
import { toggleTheme } from './theme.ts';

interface Command {
  readonly id: string;
  readonly label: string;
  readonly kind: string;
  readonly icon: IconName;
  readonly run: () => void;
}

const MOST = 12;
/** Of 50 each: one does not look through more of a list than this. */
const MOST_PAGES = 40;

/** Everything that can be gone to or done, by typing a part of its name. */
export function CommandPalette({ role, close }: { role: string | undefined; close: () => void }) {
  const navigate = useNavigate();
  const id = useId();
  const active = useRef<HTMLLIElement>(null);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const templates = useList<Named>('/templates');
  const scenarios = useList<Named>('/scenarios');
  const connections = useList<Named>('/connections');
  const sets = useList<{ readonly name: string }>('/sets');
  const chats = useList<Named>('/chats');

  const all: Command[] = [
    { id: 'new', label: 'New template', kind: 'Do', icon: 'plus', run: () => void navigate({ to: '/new' }) },
    ...NAVIGATION.filter((entry) => isFor(entry, role)).map(({ to, label, icon }) => ({
      id: to,
      label,
      kind: 'Go to',
      icon,
      run: () => void navigate({ to }),
    })),
    { id: 'theme', label: 'Switch between light and dark', kind: 'Do', icon: 'moon', run: toggleTheme },
    ...(templates.data?.pages.flatMap((page) => page.items) ?? []).map((one) => ({
      id: one.id,
      label: one.name,
      kind: 'Template',
      icon: 'template' as const,
      run: () => void navigate({ to: '/templates/$id', params: { id: one.id } }),
    })),
    ...(scenarios.data?.pages.flatMap((page) => page.items) ?? []).map((one) => ({
      id: one.id,
      label: one.name,
      kind: 'Scenario',
      icon: 'scenario' as const,
      run: () => void navigate({ to: '/scenarios/$id', params: { id: one.id } }),
    })),
    ...(connections.data?.pages.flatMap((page) => page.items) ?? []).map((one) => ({
      id: one.id,
      label: one.name,
      kind: 'Connection',
      icon: 'connection' as const,
      run: () => void navigate({ to: '/connections/$id', params: { id: one.id } }),
    })),
    ...(sets.data?.pages.flatMap((page) => page.items) ?? []).map(({ name }) => ({
      id: `set ${name}`,
      label: name,
      kind: 'Set',
      icon: 'set' as const,
      run: () => void navigate({ to: '/sets/$name', params: { name } }),
    })),
    ...(chats.data?.pages.flatMap((page) => page.items) ?? []).map((one) => ({
      id: one.id,
      label: one.name,
      kind: 'Chat',
      icon: 'chat' as const,
      run: () => void navigate({ to: '/chats/$id', params: { id: one.id } }),
    })),
  ];
  const found = all
    .filter(({ label, kind }) => words.every((word) => `${kind} ${label}`.toLowerCase().includes(word)))
    .slice(0, MOST);
  const chosen = Math.min(at, found.length - 1);
  const lists = [templates, scenarios, connections, sets, chats];
  // A list begins with the newest: what is looked for and not yet found may be further down.
  const isWanting = words.length > 0 && found.length < MOST;
  const further = lists.filter(
    (list) => list.hasNextPage && !list.isFetchNextPageError && (list.data?.pages.length ?? 0) < MOST_PAGES,
  );
  const isLooking = lists.some((list) => list.isLoading) || (isWanting && further.length > 0);
  useEffect(() => {
    if (!isWanting) return;
    for (const list of further) if (!list.isFetching) void list.fetchNextPage();
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen one has moved
  useEffect(() => {
    active.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && found.length > 0) {
      event.preventDefault();
      setAt((chosen + step + found.length) % found.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      close();
      found[chosen]?.run();
    }
  };
  return (
    <Dialog title="Search and commands" onClose={close} bare>
      <div className="flex items-center gap-2 border-b border-line px-3">
        <Icon name="search" className="text-faint" />
        <input
          role="combobox"
          aria-label="Search and commands"
          aria-expanded="true"
          aria-controls={`${id}-found`}
          aria-activedescendant={found.length === 0 ? undefined : `${id}-${chosen}`}
          autoFocus
          placeholder="Go to a page, open a template …"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
          className="h-11 flex-1 bg-transparent text-base outline-none placeholder:text-faint"
        />
      </div>
      <ul id={`${id}-found`} role="listbox" aria-label="Found" className="max-h-80 overflow-y-auto p-1.5">
        {found.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are pressed in the box above, which keeps the focus
          <li
            key={command.id}
            id={`${id}-${index}`}
            ref={index === chosen ? active : undefined}
            role="option"
            aria-selected={index === chosen}
            onClick={() => {
              close();
              command.run();
            }}
            onMouseMove={() => setAt(index)}
            className="flex cursor-pointer items-center gap-2.5 rounded-md px-2 py-1.5 aria-selected:bg-sunken"
          >
            <Icon name={command.icon} className="text-faint" />
            <span className="min-w-0 flex-1 truncate">{command.label}</span>
            <span className="text-xs text-faint">{command.kind}</span>
          </li>
        ))}
        {found.length === 0 && (
          <li role="option" aria-selected="false" aria-disabled="true" className="px-2 py-4 text-center text-faint">
            {isLooking ? 'Looking …' : 'Nothing is called that'}
          </li>
        )}
      </ul>
    </Dialog>
  );
}
