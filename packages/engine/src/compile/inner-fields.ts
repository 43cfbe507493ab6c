import type { Field } from '../template/template.ts';

/** The fields that a field is made of. */
export const innerFields = (field: Field): readonly Field[] => [
  ...(field.nested?.fields ?? []),
  ...(field.parts ?? []).map((part) => part.field),
];
