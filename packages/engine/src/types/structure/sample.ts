import { mod, row } from '../../plan/program.ts';
import { defineType, type FieldType } from '../field-type.ts';
import { distinct } from './distinct.ts';

/** Values from a file of the workspace or a saved set; the parser finds them (template/sampled-values.ts). */
export const sampleType: FieldType = defineType({
  key: 'sample',
  label: 'Sample',
  family: 'structure',
  summary: 'A value of a file or saved set. Two samples of one source take the same record in a row.',
  aliases: ['from_set', 'from_file'],
  options: {
    from: {
      kind: 'string',
      minLength: 1,
      maxLength: 300,
      summary: 'Name of the file or set.',
      required: true,
      aliases: ['file', 'set'],
    },
    column: {
      kind: 'string',
      minLength: 1,
      maxLength: 300,
      summary: 'Column of its records; without it, the whole record.',
    },
    order: {
      kind: 'one of',
      values: ['random', 'sequential'],
      summary: 'Drawn, or from first to last and again.',
      default: 'random',
    },
  },
  example: 'DE-4711',
  exampleOptions: { from: 'customers.csv', column: 'number' },
  check: ({ order, unique }) =>
    order === 'sequential' && unique === true
      ? [
          {
            option: 'order',
            message: 'a unique sample takes each record once, in an order of its own',
            hint: 'leave out either',
          },
        ]
      : [],
  build: (options, context) => {
    const given = options['values'] as readonly unknown[];
    const values = context.unique ? distinct(given) : given;
    if (options['order'] === 'sequential') return { kind: 'choice', values, index: mod(row, values.length) };
    return { kind: 'choice', values, index: context.shared(`sample ${String(options['from'])}`, 0, values.length) };
  },
});
