import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { generateRows } from '../rows/generate-rows.ts';
import { planOf, textOf } from '../types/testing/compiled.ts';
import { guarded } from './spreadsheet-guard.ts';

const value = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '|', '\t', '\n', '=', '-', '+', '@', ' '), maxLength: 6 }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const values = fc.array(value, { minLength: 1, maxLength: 6 });

const cells = (text: string, delimiter: string): string[][] => {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter, newline: '\n' });
  expect(errors).toEqual([]);
  return data.slice(0, -1);
};
const plain = (cell: unknown): string => (cell === null ? '' : String(cell));

describe('csv options', () => {
  it('choose delimiter and quotes, and every value is read back by another parser', async () => {
    await fc.assert(
      fc.asyncProperty(
        values,
        fc.constantFrom([',', ','], [';', ';'], ['|', '|'], ['tab', '\t']),
        fc.constantFrom('minimal', 'all'),
        async (list, [delimiter = '', character = ''], quoting) => {
          const plan = await planOf([
            { name: 'a;b|c,d', type: 'enum', options: { values: list } },
            { name: 'code', type: 'regex', options: { pattern: '[-;|\t,=]{0,3}[0-9]?' } },
            { name: 'n', type: 'sequence' },
          ]);
          const text = textOf(plan, { format: 'csv', delimiter, quoting } as never, 0, 20);
          const [header, ...rows] = cells(text, character);
          expect(header).toEqual(['a;b|c,d', 'code', 'n']);
          expect(rows).toEqual(generateRows(plan, 0, 20).map((row) => Object.values(row).map(plain)));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('quote all but null', async () => {
    const plan = await planOf([
      { name: 'v', type: 'enum', options: { values: [1, 'x', true, null, ''] } },
      { name: 'n', type: 'sequence' },
      { name: 'on', type: 'date' },
    ]);
    const [header, ...lines] = textOf(plan, { format: 'csv', quoting: 'all' }, 0, 60).trimEnd().split('\n');
    expect(header).toBe('"v","n","on"');
    for (const line of lines) expect(line).toMatch(/^("1"|"x"|"true"|""|),"\d+","\d{4}-\d\d-\d\d"$/);
    expect(new Set(lines.map((line) => line.split(',')[0]))).toEqual(new Set(['"1"', '"x"', '"true"', '', '""']));
  });

  it('leave out the header and put a byte order mark', async () => {
    const plan = await planOf([{ name: 'n', type: 'sequence' }]);
    const bytes = (options: object): string => textOf(plan, { format: 'csv', ...options }, 0, 1);
    expect(bytes({ header: false })).toBe('1\n');
    const mark = new TextDecoder('utf-8', { ignoreBOM: true });
    const { generateBytes } = await import('../rows/generate-bytes.ts');
    const chunks = Array.from(generateBytes(plan, { format: 'csv', bom: true }, 0, 1), (chunk) => mark.decode(chunk));
    expect(chunks.join('')).toBe('\uFEFFn\n1\n');
  });
});

describe('a spreadsheet-safe csv', () => {
  it('has an apostrophe before every text that begins like a formula, and nowhere else', async () => {
    await fc.assert(
      fc.asyncProperty(values, fc.boolean(), async (list, all) => {
        const plan = await planOf([
          { name: '=v', type: 'enum', options: { values: list, null_percentage: 10 } },
          { name: 'pattern', type: 'regex', options: { pattern: '([=+@a-c-]?|-)[-0-9=]{0,2}(x|)' } },
          { name: 'wide', type: 'regex', options: { pattern: '[=a][a-z",]{30,60}' } },
          { name: 'n', type: 'number', options: { min: -5, max: 5 } },
          { name: 'made', type: 'derived', options: { expression: '{{pattern}}!' } },
        ]);
        const quoting = all ? 'all' : 'minimal';
        const text = textOf(plan, { format: 'csv', spreadsheetSafe: true, quoting }, 0, 40);
        const [header, ...rows] = cells(text, ',');
        expect(header?.[0]).toBe("'=v");
        const safe = (cell: unknown): string => (typeof cell === 'string' ? guarded(cell) : plain(cell));
        expect(rows).toEqual(generateRows(plan, 0, 40).map((row) => Object.values(row).map(safe)));
      }),
      { numRuns: 40 },
    );
  });
});
