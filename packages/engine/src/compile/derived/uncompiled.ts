import type { Program } from '../../plan/program.ts';

/** The program with its expressions left to JavaScript. */
export function uncompiled(program: Program): Program {
  switch (program.kind) {
    case 'derived':
      return { kind: 'derived', expression: program.expression };
    case 'column':
    case 'nullable':
    case 'unique':
      return { ...program, program: uncompiled(program.program) };
    case 'object':
    case 'array':
      return {
        ...program,
        fields: program.fields.map((field) => ({ ...field, program: uncompiled(field.program) })),
      };
    case 'list':
      return { ...program, item: { ...program.item, program: uncompiled(program.item.program) } };
    default:
      return program;
  }
}
