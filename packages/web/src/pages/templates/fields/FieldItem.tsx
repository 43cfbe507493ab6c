import { memo } from 'react';
import type { Field } from '../../../api/types.ts';
import { FieldRow } from './FieldRow.tsx';
import type { FieldPart } from './OptionsPanel.tsx';

/** What can be done to the fields of a list, each by its place. */
export interface FieldActions {
  readonly open: (index: number, isOpen: boolean) => void;
  readonly change: (index: number, field: Field) => void;
  readonly move: (index: number, step: -1 | 1) => void;
  readonly drag: (index: number) => void;
  /** @returns whether a field of this list is being dragged */
  readonly over: (index: number) => boolean;
  readonly drop: () => void;
  readonly cancel: () => void;
  readonly duplicate: (index: number) => void;
  readonly remove: (index: number) => void;
}

/** Actions that stay the same, and do what those of the last drawing would. */
export const lastOf = (latest: { readonly current: FieldActions }): FieldActions => ({
  open: (index, isOpen) => latest.current.open(index, isOpen),
  change: (index, field) => latest.current.change(index, field),
  move: (index, step) => latest.current.move(index, step),
  drag: (index) => latest.current.drag(index),
  over: (index) => latest.current.over(index),
  drop: () => latest.current.drop(),
  cancel: () => latest.current.cancel(),
  duplicate: (index) => latest.current.duplicate(index),
  remove: (index) => latest.current.remove(index),
});

const EDGES = {
  above: 'shadow-[inset_0_2px_0_var(--color-accent)]',
  below: 'shadow-[inset_0_-2px_0_var(--color-accent)]',
} as const;

/** A field in a list; it is drawn again only when something of it has changed. */
export const FieldItem = memo(
  ({
    index,
    isOpen,
    over,
    actions,
    ...part
  }: Omit<FieldPart, 'onChange'> & {
    index: number;
    isOpen: boolean;
    /** Where what is dragged would be put, when it is over this field. */
    over: keyof typeof EDGES | undefined;
    actions: FieldActions;
  }) => (
    <li
      data-field={index}
      onDragOver={(event) => {
        if (!actions.over(index)) return;
        event.preventDefault();
        event.stopPropagation();
      }}
      onDrop={(event) => {
        event.preventDefault();
        event.stopPropagation();
        actions.drop();
      }}
      onDragEnd={actions.cancel}
      className={over && EDGES[over]}
    >
      <FieldRow
        {...part}
        isOpen={isOpen}
        onOpen={(next) => actions.open(index, next)}
        onChange={(next) => actions.change(index, next)}
        onMove={(step) => actions.move(index, step)}
        onDrag={() => actions.drag(index)}
        onDuplicate={() => actions.duplicate(index)}
        onRemove={() => actions.remove(index)}
      />
    </li>
  ),
);
