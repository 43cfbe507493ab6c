import type { FieldTypeInfo } from '@datamaker/engine';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { Dialog } from '../../../ui/Dialog.tsx';
import { formatValue } from '../../../ui/format.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { findTypes } from './find-types.ts';

/** Picks a type of field by typing a part of its name, of another name, or of what it is; arrows and Enter choose. */
export function TypePicker({
  types,
  current,
  onPick,
  onClose,
}: {
  types: readonly FieldTypeInfo[];
  current: string;
  onPick: (type: FieldTypeInfo) => void;
  onClose: () => void;
}) {
  const id = useId();
  const [text, setText] = useState('');
  const found = useMemo(() => findTypes(types, text), [types, text]);
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      found.findIndex(({ key }) => key === current),
    ),
  );
  const active = useRef<HTMLLIElement>(null);
  const chosen = Math.min(at, found.length - 1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen one has moved
  useEffect(() => {
    active.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    const step = steps[event.key];
    if (step !== undefined && found.length > 0) {
      event.preventDefault();
      setAt(Math.min(found.length - 1, Math.max(0, chosen + step)));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const type = found[chosen];
      if (type !== undefined) onPick(type);
    }
  };
  return (
    <Dialog title="Type of the field" onClose={onClose} bare wide>
      <div className="sticky top-0 flex items-center gap-2 border-b border-line bg-raised px-3">
        <Icon name="search" className="text-faint" />
        <input
          role="combobox"
          aria-label="Search types"
          aria-expanded="true"
          aria-controls={`${id}-types`}
          aria-activedescendant={found.length === 0 ? undefined : `${id}-${chosen}`}
          autoFocus
          placeholder={`Search ${types.length} types`}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
          className="h-11 flex-1 bg-transparent text-base outline-none placeholder:text-faint"
        />
      </div>
      <ul id={`${id}-types`} role="listbox" aria-label="Types" className="p-1.5">
        {found.map((type, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are pressed in the box above, which keeps the focus
          <li
            key={type.key}
            id={`${id}-${index}`}
            ref={index === chosen ? active : undefined}
            role="option"
            aria-selected={index === chosen}
            onClick={() => onPick(type)}
            className="grid cursor-pointer scroll-mt-12 grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 rounded-md px-2 py-1.5 hover:bg-sunken aria-selected:bg-accent-soft sm:grid-cols-[minmax(0,1fr)_minmax(0,14rem)_6rem]"
          >
            <span className="min-w-0">
              <span className="font-medium">{type.label}</span>{' '}
              <span className="font-mono text-xs text-faint">{type.key}</span>
              <span className="block truncate text-xs text-quiet">{type.summary}</span>
            </span>
            <span className="hidden truncate font-mono text-xs text-quiet sm:inline">{formatValue(type.example)}</span>
            <span className="text-right text-xs text-faint">{type.family}</span>
          </li>
        ))}
        {found.length === 0 && (
          <li role="option" aria-selected="false" aria-disabled="true" className="px-2 py-6 text-center text-faint">
            No type is called that. Try a word for what the value is, such as “iban” or “city”.
          </li>
        )}
      </ul>
    </Dialog>
  );
}
