import type { Field, Template } from '../template/template.ts';
import { child } from './field-path.ts';

/** What a template says of the fields of its rows, by path; only of single values. */
export interface KnownField {
  readonly field: Field;
  /** The field itself, or what holds it, is marked sensitive. */
  readonly sensitive: boolean;
}

/** The fields of a template by their paths in its rows. */
export function knownFields(template: Template): ReadonlyMap<string, KnownField> {
  const known = new Map<string, KnownField>();
  const visit = (field: Field, parent: string, inherited: boolean): void => {
    const path = child(parent, field.name);
    const sensitive = inherited || field.common.sensitive;
    if (field.nested === undefined) known.set(path, { field, sensitive });
    else for (const inner of field.nested.fields) visit(inner, field.nested.array ? `${path}[*]` : path, sensitive);
  };
  for (const field of template.fields) visit(field, '', false);
  return known;
}
