import { parseExpression } from '../expression/index.ts';
import type { Program } from '../plan/program.ts';

/** The fields of the same object that JavaScript makes a value from. */
export function referencesOf(program: Program): readonly string[] {
  switch (program.kind) {
    case 'column':
    case 'nullable':
      return referencesOf(program.program);
    case 'derived': {
      if (program.compiled !== undefined) return [];
      const parsed = parseExpression(program.expression);
      if (!parsed.ok) throw new Error('an expression of a plan no longer parses');
      return [...parsed.value.references];
    }
    case 'selected':
      return [program.by];
    case 'running':
      return [program.of];
    default:
      return [];
  }
}
