import { useEffect, useRef, useState } from 'react';
import type { Diagnostic } from '../../../api/problem.ts';
import type { Field } from '../../../api/types.ts';
import { Button } from '../../../ui/Button.tsx';
import { formatCount } from '../../../ui/format.ts';
import { notifyWith } from '../../../ui/notices.tsx';
import { Chunks } from './Chunks.tsx';
import { type FieldActions, FieldItem, lastOf } from './FieldItem.tsx';
import { freeName, moved, within } from './field-edits.ts';
import { type FieldListProps, NestedFields } from './nested-fields.ts';
import { TypePicker } from './TypePicker.tsx';

const NONE: readonly Diagnostic[] = [];
/** With more fields than this one looks for them by name. */
const MANY = 40;
let lastKey = 0;
const newKeys = (count: number): number[] => Array.from({ length: count }, () => ++lastKey);

/** Fields in their order, to drag, to move by keyboard, to add to and to take from; nested ones are lists of their own. */
export function FieldList({ fields, onChange, pointer, diagnostics, catalogue }: FieldListProps) {
  // Rows keep their state when they move, so each has a key that goes with it.
  const [known, setKeys] = useState(() => newKeys(fields.length));
  const keys = known.length === fields.length ? known : [...known, ...newKeys(fields.length)].slice(0, fields.length);
  if (keys !== known) setKeys(keys);
  const [open, setOpen] = useState<number>();
  const [isAdding, setAdding] = useState(false);
  const [over, setOver] = useState<number>();
  const dragged = useRef<number>(undefined);
  const list = useRef<HTMLDivElement>(null);
  const [find, setFind] = useState('');
  /** Keys of those that were found; one that is renamed then stays in sight. */
  const [matches, setMatches] = useState<ReadonlySet<number>>();
  /** The field that was added or moved last, which is shown. */
  const wanted = useRef<number>(undefined);

  /** Places of those in sight: all, or those that were looked for. */
  const found = fields.flatMap((_, index) => (matches?.has(keys[index] ?? 0) === false ? [] : [index]));

  const change = (next: readonly Field[], nextKeys: readonly number[]): void => {
    setKeys([...nextKeys]);
    onChange(next);
  };
  /** Takes the place of another field, which makes room: it comes before it on the way up, behind it on the way down. */
  const move = (from: number, to: number | undefined): void => {
    if (to === undefined || to === from) return;
    wanted.current = to;
    change(moved(fields, from, to), moved(keys, from, to));
    // The handle that was pressed is in another row now.
    requestAnimationFrame(() =>
      list.current
        ?.querySelector<HTMLElement>(`:scope > div > ol > [data-field="${to}"] > div > div > [draggable]`)
        ?.focus(),
    );
  };
  const insert = (index: number, field: Field): void => {
    const [key = 0] = newKeys(1);
    wanted.current = index;
    change(fields.toSpliced(index, 0, field), keys.toSpliced(index, 0, key));
    setOpen(key);
    setFind('');
    setMatches(undefined);
  };
  const drop = (): void => {
    if (dragged.current !== undefined && over !== undefined) move(dragged.current, over);
    dragged.current = undefined;
    setOver(undefined);
  };
  // One object for as long as the list is there, so that a key press draws the row that it changes, and no other.
  const latest = useRef<FieldActions>(undefined);
  latest.current = {
    open: (index, isOpen) => setOpen(isOpen ? keys[index] : undefined),
    change: (index, next) => onChange(fields.with(index, next)),
    // Past the next one in sight: between those that a search hides, one would not see what one does.
    move: (index, step) => move(index, found[found.indexOf(index) + step]),
    drag: (index) => {
      dragged.current = index;
    },
    over: (index) => {
      if (dragged.current === undefined) return false;
      setOver(index);
      return true;
    },
    drop,
    cancel: () => {
      dragged.current = undefined;
      setOver(undefined);
    },
    duplicate: (index) => {
      const field = fields[index];
      if (field !== undefined) insert(index + 1, { ...field, name: freeName(fields, field.name) });
    },
    remove: (index) => {
      const [field, key] = [fields[index], keys[index]];
      if (field === undefined || key === undefined) return;
      change(fields.toSpliced(index, 1), keys.toSpliced(index, 1));
      const restore = (): void => bringBack.current(index, field, key);
      notes.current.push(notifyWith(`${field.name} is removed`, { label: 'Undo', onSelect: restore }));
    },
  };
  // Into the list as it is by then; where it is gone, there is nothing to bring it back to.
  const bringBack = useRef((_index: number, _field: Field, _key: number) => {});
  bringBack.current = (index, field, key) => {
    const name = fields.some((other) => other.name === field.name) ? freeName(fields, field.name) : field.name;
    change(fields.toSpliced(index, 0, { ...field, name }), keys.toSpliced(index, 0, key));
  };
  const notes = useRef<(() => void)[]>([]);
  useEffect(() => {
    const { current } = notes;
    return () => {
      for (const close of current) close();
    };
  }, []);
  const [actions] = useState(() => lastOf(latest as { readonly current: FieldActions }));
  useEffect(() => {
    // A row that is gone does not hear that it was let go; whoever presses anew drags nothing yet.
    const ends = ['dragend', 'drop', 'pointerdown'];
    const cancel = (): void => actions.cancel();
    for (const end of ends) window.addEventListener(end, cancel);
    return () => {
      for (const end of ends) window.removeEventListener(end, cancel);
    };
  }, [actions]);
  const look = (text: string): void => {
    setFind(text);
    const words = text.trim().toLowerCase();
    const hits = keys.filter((_, index) => fields[index]?.name.toLowerCase().includes(words));
    setMatches(words === '' ? undefined : new Set(hits));
  };
  return (
    <div className="rounded-lg border border-line bg-panel">
      {(fields.length > MANY || find !== '') && (
        <div className="border-b border-line p-1.5">
          <input
            type="search"
            aria-label="Find a field"
            placeholder={`Find one of ${formatCount(fields.length)} fields`}
            value={find}
            maxLength={200}
            autoComplete="off"
            onChange={({ target }) => look(target.value)}
            className="control w-full"
          />
        </div>
      )}
      <NestedFields value={FieldList}>
        <div ref={list}>
          <Chunks
            items={found}
            label="Fields"
            wanted={[wanted.current, dragged.current].map((index = -1) => found.indexOf(index))}
            render={(index) => {
              const field = fields[index];
              const place = `${pointer}/${index}`;
              const problems = diagnostics.length === 0 ? NONE : within(diagnostics, place);
              return (
                field !== undefined && (
                  <FieldItem
                    key={keys[index]}
                    field={field}
                    index={index}
                    pointer={place}
                    diagnostics={problems.length === 0 ? NONE : problems}
                    catalogue={catalogue}
                    isOpen={open === keys[index]}
                    over={over !== index ? undefined : (dragged.current ?? 0) < index ? 'below' : 'above'}
                    actions={actions}
                  />
                )
              );
            }}
          />
        </div>
      </NestedFields>
      <div className="border-t border-line p-1.5 first:border-0">
        <Button look="ghost" icon="plus" onClick={() => setAdding(true)}>
          Add field
        </Button>
      </div>
      {isAdding && (
        <TypePicker
          types={catalogue.types}
          current=""
          onClose={() => setAdding(false)}
          onPick={(type) => {
            setAdding(false);
            const isBare = type.options.every(({ required, type: takes }) => !required && takes !== 'fields');
            const options =
              isBare || Object.keys(type.exampleOptions).length === 0 ? {} : { options: type.exampleOptions };
            insert(fields.length, { name: freeName(fields, type.key), type: type.key, ...options });
          }}
        />
      )}
    </div>
  );
}
