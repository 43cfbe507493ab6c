import { cellEncodings } from '../format/cell-encodings.ts';
import type { FormatOptions } from '../format/format-options.ts';
import { fitsFormat } from '../kernel/fits-format.ts';
import { needsJavaScript } from '../plan/needs-javascript.ts';
import type { Plan } from '../plan/plan.ts';
import { constant, type Program, type ProgramField } from '../plan/program.ts';

/**
 * The fields of the output: those that JavaScript makes are columns, and so are those whose compiled expressions the format
 * could not write as it writes what JavaScript makes. In a plan with wrong rows all are columns, since a wrong value need not
 * be of the kind that a field has, and the column of labels comes behind them.
 */
export function outputFields(plan: Plan, format: FormatOptions): readonly ProgramField[] {
  const { fields, negative } = plan;
  if (negative === undefined) {
    const encodings = cellEncodings(
      format,
      fields.map(({ name }) => name),
    );
    return asColumns(fields, (program, index) => {
      const encoding = encodings[index];
      return needsJavaScript(program) || (encoding !== undefined && !fitsFormat(program, encoding));
    });
  }
  const { labelColumn } = negative;
  const label: Program = { kind: 'choice', values: [null], index: constant(0) };
  const labels = labelColumn === undefined ? [] : [{ name: labelColumn, path: '\0label', program: label }];
  return asColumns([...fields, ...labels], () => true);
}

function asColumns(
  fields: readonly ProgramField[],
  isColumn: (program: Program, index: number) => boolean,
): ProgramField[] {
  let columns = 0;
  return fields.map((field, index) => {
    const program = field.program.kind === 'column' ? field.program.program : field.program;
    return { ...field, program: isColumn(program, index) ? { kind: 'column', column: columns++, program } : program };
  });
}
