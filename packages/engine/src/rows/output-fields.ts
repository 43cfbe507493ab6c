import type { Plan } from '../plan/plan.ts';
import { constant, type Program, type ProgramField } from '../plan/program.ts';

/**
 * The fields of the output. In a plan with wrong rows all are columns made in JavaScript, since a wrong value need not be of
 * the kind that a field has, and the column of labels comes behind them.
 */
export function outputFields(plan: Plan): readonly ProgramField[] {
  if (plan.negative === undefined) return plan.fields;
  const { labelColumn } = plan.negative;
  const label: Program = { kind: 'choice', values: [null], index: constant(0) };
  const fields = [
    ...plan.fields,
    ...(labelColumn === undefined ? [] : [{ name: labelColumn, path: '\0label', program: label }]),
  ];
  return fields.map((field, column) => {
    const program = field.program.kind === 'column' ? field.program.program : field.program;
    return { ...field, program: { kind: 'column', column, program } };
  });
}
