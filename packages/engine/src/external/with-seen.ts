import type { Program, ProgramField } from '../plan/program.ts';
import { referencesOf } from '../rows/references-of.ts';
import { bareExternal, isExternalWithin } from './external-levels.ts';

/**
 * The fields of one object, those that are made outside told what they are shown: the fields above them, without those that
 * values from outside have a part in, unless these are fields of that kind themselves.
 */
export function withSeen(fields: readonly ProgramField[]): ProgramField[] {
  if (!fields.some(({ program }) => bareExternal(program) !== undefined)) return [...fields];
  const byName = new Map(fields.map((field) => [field.name, field]));
  const known = new Map<string, boolean>();
  const isMadeOutside = (field: ProgramField): boolean => {
    let found = known.get(field.name);
    if (found === undefined) {
      known.set(field.name, false);
      found =
        isExternalWithin(field.program) ||
        referencesOf(field.program).some((name) => {
          const other = byName.get(name);
          return other !== undefined && isMadeOutside(other);
        });
      known.set(field.name, found);
    }
    return found;
  };
  return fields.map((field, index) => {
    if (bareExternal(field.program) === undefined) return field;
    const sees = fields
      .slice(0, index)
      .filter((other) => bareExternal(other.program) !== undefined || !isMadeOutside(other))
      .map(({ name }) => name);
    return { ...field, program: told(field.program, sees) };
  });
}

function told(program: Program, sees: readonly string[]): Program {
  if (program.kind === 'nullable') return { ...program, program: told(program.program, sees) };
  return program.kind === 'external' ? { ...program, sees } : program;
}
