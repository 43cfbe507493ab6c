import { innerPrograms } from './inner-programs.ts';
import type { Program } from './program.ts';

/** Whether an expression in the value is compiled. */
export function hasCompiled(program: Program): boolean {
  return program.kind === 'derived' ? program.compiled !== undefined : innerPrograms(program).some(hasCompiled);
}
