import { useRef, useState } from 'react';
import type { Field } from '../../../api/types.ts';
import { Button } from '../../../ui/Button.tsx';
import { FieldRow } from './FieldRow.tsx';
import { freeName, moved } from './field-edits.ts';
import { type FieldListProps, NestedFields } from './nested-fields.ts';
import { TypePicker } from './TypePicker.tsx';

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
  const list = useRef<HTMLOListElement>(null);

  const change = (next: readonly Field[], nextKeys: readonly number[]): void => {
    setKeys([...nextKeys]);
    onChange(next);
  };
  const move = (from: number, to: number): void => {
    if (to < 0 || to >= fields.length || to === from) return;
    change(moved(fields, from, to), moved(keys, from, to));
    // The handle that was pressed is in another row now.
    requestAnimationFrame(() =>
      list.current?.querySelectorAll<HTMLElement>(':scope > li > div > div > [draggable]')[to]?.focus(),
    );
  };
  const insert = (index: number, field: Field): void => {
    const [key = 0] = newKeys(1);
    change(fields.toSpliced(index, 0, field), keys.toSpliced(index, 0, key));
    setOpen(key);
  };
  const drop = (): void => {
    if (dragged.current !== undefined && over !== undefined) move(dragged.current, over);
    dragged.current = undefined;
    setOver(undefined);
  };
  return (
    <div className="rounded-lg border border-line bg-panel">
      <NestedFields value={FieldList}>
        <ol ref={list} aria-label="Fields">
          {fields.map((field, index) => (
            <li
              key={keys[index]}
              onDragOver={(event) => {
                if (dragged.current === undefined) return;
                event.preventDefault();
                event.stopPropagation();
                setOver(index);
              }}
              onDrop={(event) => {
                event.preventDefault();
                event.stopPropagation();
                drop();
              }}
              onDragEnd={() => {
                dragged.current = undefined;
                setOver(undefined);
              }}
              className={over === index ? 'shadow-[inset_0_2px_0_var(--color-accent)]' : ''}
            >
              <FieldRow
                field={field}
                pointer={`${pointer}/${index}`}
                diagnostics={diagnostics}
                catalogue={catalogue}
                isOpen={open === keys[index]}
                onOpen={(isOpen) => setOpen(isOpen ? keys[index] : undefined)}
                onChange={(next) => onChange(fields.with(index, next))}
                onMove={(step) => move(index, index + step)}
                onDrag={() => {
                  dragged.current = index;
                }}
                onDuplicate={() => insert(index + 1, { ...field, name: freeName(fields, field.name) })}
                onRemove={() => change(fields.toSpliced(index, 1), keys.toSpliced(index, 1))}
              />
            </li>
          ))}
        </ol>
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
