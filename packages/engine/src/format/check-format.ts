import type { Plan } from '../plan/plan.ts';
import { type Diagnostic, pointerTo, show } from '../template/diagnostic.ts';
import { nearest } from '../text/nearest.ts';
import { parseLine } from './custom-line.ts';
import type { FormatOptions } from './format-options.ts';

/** What is wrong with a format for the fields of a plan: options that name fields it does not have. */
export function checkFormat(options: FormatOptions, plan: Pick<Plan, 'fields' | 'negative'>): Diagnostic[] {
  if (plan.negative !== undefined && (options.format === 'parquet' || options.format === 'avro')) {
    return [
      {
        code: 'invalid_format',
        pointer: '/format',
        message: `wrong values do not fit the typed columns of ${options.format}`,
        hint: 'use json, ndjson, csv, sql, xml or xlsx',
      },
    ];
  }
  const names = plan.fields.map((field) => field.name);
  const known = new Set(names);
  const unknown = (pointer: string, name: string): Diagnostic[] => {
    if (known.has(name)) return [];
    const near = nearest(name, names);
    return [
      {
        code: 'unknown_field',
        pointer,
        message: `the template has no field ${show(name)}`,
        hint: near === undefined ? `fields: ${names.slice(0, 20).join(', ')}` : `did you mean ${show(near)}?`,
      },
    ];
  };
  if (options.format === 'sql') {
    return (options.upsert ?? []).flatMap((key, index) => unknown(pointerTo('/upsert', String(index)), key));
  }
  if (options.format === 'custom') {
    return (parseLine(options.line) ?? []).flatMap((part) => ('field' in part ? unknown('/line', part.field) : []));
  }
  return [];
}
