import type { Field, Template } from '../template/template.ts';

/** A field of a template and where it is in its rows. */
export interface PromisedField {
  readonly field: Field;
  /** Whether each row has it once: it is in no list, and in nothing that may be null. */
  readonly inEveryRow: boolean;
}

/** The fields of a template by their paths, nested ones and those that hold them too. */
export function promisedFields(template: Template): ReadonlyMap<string, PromisedField> {
  const found = new Map<string, PromisedField>();
  const visit = (field: Field, parent: string, inEveryRow: boolean): void => {
    const path = parent === '' ? field.name : `${parent}.${field.name}`;
    found.set(path, { field, inEveryRow });
    const { nested } = field;
    if (nested === undefined) return;
    const sure = inEveryRow && !nested.array && !nested.ended && field.common.nullPercentage === 0;
    for (const inner of nested.fields) visit(inner, nested.array ? `${path}[*]` : path, sure);
  };
  for (const field of template.fields) visit(field, '', true);
  return found;
}
