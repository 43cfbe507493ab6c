import { expect, it } from 'vitest';
import { compileTemplate } from '../compile/compile-template.ts';
import { exampleTextFormats } from '../format/testing/example-formats.ts';
import { parseTemplate } from '../template/parse-template.ts';
import { textOf } from '../types/testing/compiled.ts';
import { run } from './run.ts';
import { shardRows } from './shard.ts';
import { pump } from './stream.ts';

/** Wide rows, so that a few of them make a shard. */
const FIELDS = [
  { name: 'no', type: 'number', options: { min: 1, max: 100_000, unique: true } },
  {
    name: 'items',
    type: 'template',
    options: {
      fields: [
        { name: 'text', type: 'words', options: { count: { min: 1, max: 500 }, null_percentage: 10 } },
        { name: 'code', type: 'regex', options: { pattern: '[a-z]{3,6}' } },
      ],
      array: true,
      count: { min: 0, max: 12 },
    },
  },
  { name: 'double', type: 'derived', options: { expression: 'no * 2' } },
];

it.each(exampleTextFormats(FIELDS.map(({ name }) => name)))(
  'wrong rows are the same on any number of threads ($format)',
  async (format) => {
    const parsed = parseTemplate({ name: 'wide', fields: FIELDS });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
    const compiled = await compileTemplate(parsed.value, {
      seed: 'threads',
      negative: { mode: 'negative', share: 80 },
    });
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics));
    const plan = compiled.value;
    const options = { format, from: 2, to: 420 };
    expect(shardRows(plan, 16 * 1024 * 1024)).toBeLessThan(200);
    const whole = textOf(plan, options.format, options.from, options.to);
    for (const take of [run, pump]) {
      for (const threads of [1, 3]) {
        const decoder = new TextDecoder();
        let text = '';
        await take(plan, { ...options, threads }, (chunk) => {
          text += decoder.decode(Uint8Array.from(chunk), { stream: true });
        });
        expect(text).toBe(whole);
      }
    }
  },
);
