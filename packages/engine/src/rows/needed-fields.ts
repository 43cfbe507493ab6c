import type { ProgramField } from '../plan/program.ts';
import { referencesOf } from './references-of.ts';

/** The fields of these names, and all that those refer to which JavaScript makes, in template order. */
export function neededFields(
  fields: readonly ProgramField[],
  wanted: readonly { readonly name: string }[],
): ProgramField[] {
  const byName = new Map(fields.map((field) => [field.name, field]));
  const needed = new Set<string>();
  const need = (name: string): void => {
    const field = byName.get(name);
    if (field === undefined || needed.has(name)) return;
    needed.add(name);
    for (const reference of referencesOf(field.program)) need(reference);
  };
  for (const { name } of wanted) need(name);
  return fields.filter((field) => needed.has(field.name));
}
