import type { Program } from './program.ts';

/** The programs that a program is made of. */
export function innerPrograms(program: Program): readonly Program[] {
  switch (program.kind) {
    case 'nullable':
    case 'unique':
    case 'column':
    case 'reference':
      return [program.program];
    case 'object':
    case 'array':
      return program.fields.map((field) => field.program);
    case 'list':
      return [program.item.program];
    case 'derived':
      return program.compiled === undefined ? [] : [program.compiled];
    case 'either':
      return program.cases;
    default:
      return [];
  }
}
