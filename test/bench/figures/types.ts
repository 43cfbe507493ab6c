import { compileTemplate, fieldTypes, generateBytes, parseTemplate } from '@datamaker/engine';
import type { Options } from '../options.ts';
import { count, textTable } from '../text-table.ts';
import type { Figure } from './figure.ts';

const WANTED = 1_000_000;

interface TypeRate {
  readonly type: string;
  /** Values for each second of processor time, one thread, CSV; undefined: CSV has no such values. */
  readonly rate: number;
  readonly slow: string | undefined;
}

/** Each field type alone: values a second on one core. */
export async function types(options: Options): Promise<Figure> {
  const rates: TypeRate[] = [];
  for (const { key, exampleOptions, exampleFields, slow, external } of fieldTypes()) {
    // These need a worker, or a file to sample from.
    if (external !== undefined || key === 'sample') continue;
    const source = { name: key, fields: [...exampleFields, { name: 'value', type: key, options: exampleOptions }] };
    rates.push({ type: key, rate: await rateOf(source, options.quick ? 0.05 : 0.3), slow });
  }
  const below = rates.filter(({ rate }) => rate < WANTED);
  const unexplained = below.filter(({ slow }) => slow === undefined);
  rates.sort((a, b) => a.rate - b.rate);
  const slowest = below.length > 0 ? below : rates.slice(0, 5);
  return {
    data: rates,
    text: textTable(
      ['slowest types, one field, one thread', 'values/CPU s', 'why'],
      slowest.map(({ type, rate, slow }) => [type, count(rate), slow ?? '']),
    ),
    targets: [
      {
        name: `each of ${rates.length} types alone, values/CPU s, or its page says why`,
        wanted: `≥ ${count(WANTED)}`,
        measured: unexplained.length === 0 ? 'all' : unexplained.map(({ type }) => type).join(', '),
        met: unexplained.length === 0,
      },
    ],
  };
}

/** Values for each second of processor time, of a template of one field, over at least `seconds`. */
async function rateOf(source: unknown, seconds: number): Promise<number> {
  const template = parseTemplate(source);
  if (!template.ok) throw new Error(JSON.stringify(template.diagnostics));
  const plan = await compileTemplate(template.value, { seed: 'bench' });
  if (!plan.ok) throw new Error(JSON.stringify(plan.diagnostics));
  // Long enough for the optimising compiler to have done its work before the count begins.
  for (let rows = 20_000; ; rows *= 2) {
    const before = process.cpuUsage();
    for (const _chunk of generateBytes(plan.value, { format: 'csv' }, 0, rows));
    const { user, system } = process.cpuUsage(before);
    const taken = (user + system) / 1e6;
    if (taken >= seconds) return rows / taken;
  }
}
