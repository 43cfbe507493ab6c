import { type Diagnostic, show } from '../template/diagnostic.ts';
import type { Field } from '../template/template.ts';
import { fieldsMadeFrom } from './derived-order.ts';
import { innerFields } from './inner-fields.ts';

const isPython = ({ type }: Field): boolean => type.external === 'python';
const hasPython = (field: Field): boolean => isPython(field) || innerFields(field).some(hasPython);

/** Reports uses of fields that are made outside of the engine in which their values cannot be had, at every level. */
export function checkExternalUses(fields: readonly Field[], isNegative: boolean, diagnostics: Diagnostic[]): void {
  const byName = new Map(fields.map((field) => [field.name, field]));
  for (const field of fields) {
    const { type, pointer, name } = field;
    const report = (pointer: string, message: string, hint: string): void => {
      diagnostics.push({ code: 'external_not_possible', pointer, message, hint });
    };
    if (isNegative && isPython(field)) {
      report(`${pointer}/type`, `wrong rows are not made of a template with ${type.label} fields`, WRONG_ROWS);
    }
    if (type.key === 'running_total' && isMadeFromPython(field, byName, new Set())) {
      const message = `${show(name)} would add up values that Python makes, row after row from the first`;
      report(`${pointer}/options/field`, message, 'add up a number field, or make the total where the rows are used');
    }
    if (field.nested !== undefined) checkExternalUses(field.nested.fields, isNegative, diagnostics);
    for (const { field: part } of field.parts ?? []) {
      if (part.nested !== undefined && type.key === 'array') {
        checkExternalUses(part.nested.fields, isNegative, diagnostics);
      } else if (hasPython(part)) {
        const message = `a value made by Python cannot be inside the \`${type.key}\` field ${show(name)}`;
        report(part.pointer, message, PARTS);
      }
    }
  }
}

const WRONG_ROWS = 'leave out the mode, or replace the field with a constant in `overrides`';
const PARTS = 'make it a field of its own: other fields can be derived from it';

function isMadeFromPython(field: Field, byName: ReadonlyMap<string, Field>, seen: Set<Field>): boolean {
  if (hasPython(field)) return true;
  if (seen.has(field)) return false;
  seen.add(field);
  return fieldsMadeFrom(field).some((name) => {
    const other = byName.get(name);
    return other !== undefined && isMadeFromPython(other, byName, seen);
  });
}
