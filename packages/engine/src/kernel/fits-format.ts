import type { CellEncoding } from '../format/cell-encoding.ts';
import { hasCompiled } from '../plan/has-compiled.ts';
import { innerPrograms } from '../plan/inner-programs.ts';
import type { Program } from '../plan/program.ts';
import { hasWholeForm, someText } from './lower.ts';

/** Whether a format can write what compiled expressions of a field make, byte for byte, as it writes what JavaScript makes. */
export function fitsFormat(program: Program, encoding: CellEncoding): boolean {
  switch (program.kind) {
    case 'nullable':
    case 'unique':
    case 'column':
      return fitsFormat(program.program, encoding);
    case 'derived':
      return program.compiled === undefined || fitsFormat(program.compiled, encoding);
    case 'either':
      return program.cases.every((inner) =>
        inner.kind === 'string' ? hasWholeForm(inner.body, encoding) : fitsFormat(inner, encoding),
      );
    case 'object':
    case 'array':
    case 'list':
      return encoding.mayGoOn === undefined || !hasCompiled(program) || !someInside(program, encoding.mayGoOn);
    default:
      return true;
  }
}

function someInside(program: Program, test: (text: string) => boolean): boolean {
  if ('body' in program) return someText(program.body, test);
  return innerPrograms(program).some((inner) => someInside(inner, test));
}
