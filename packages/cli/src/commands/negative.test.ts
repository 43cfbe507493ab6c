import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { datamaker, temporaryFolder, writeTemplate } from '../testing/run-datamaker.ts';
import { together } from '../testing/together.ts';

const ORDER = {
  name: 'orders',
  fields: [
    { name: 'no', type: 'number', options: { min: 1, max: 1000, unique: true } },
    { name: 'email', type: 'email' },
    { name: 'quantity', type: 'number', options: { min: 1, max: 12 } },
  ],
};

interface Line {
  readonly row: number;
  readonly field: string;
  readonly rule: string;
  readonly variant: string;
  readonly value: unknown;
}

const linesOf = (path: string): Line[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));

/** Flags, and what is told and advised of them. */
const SLIPS: readonly [string[], string, string][] = [
  [['--mode', 'negativ'], '--mode: unknown mode "negativ" [invalid_mode]', 'did you mean negative?'],
  [['--share', '50'], '--mode: --share, --rules, --fields and --label are for wrong rows only', 'add --mode'],
  [['--labels', 'x'], '--labels: right rows have no labels', 'add --mode'],
  [['--mode', 'negative', '--rules', 'rang'], '--rules: unknown rule "rang" [unknown_rule]', 'did you mean range?'],
  [['--mode', 'negative', '--fields', 'e-mial'], '--fields: the template has no field "e-mial"', '`email`'],
  [['--mode', 'boundary', '--rules', 'unique'], '--rules: no field has a rule of unique', 'range'],
  [['--mode', 'negative', '--share', 'all'], '--share: `share` must be a number from 0.01 to 100', 'percent'],
  [['--mode', 'negative', '--label', 'email'], '--label: the template has a field "email" already', 'another'],
  [['--mode', 'negative', '--labels', '-'], '--labels: rows and labels cannot go to one place', 'name a file'],
  [['--mode', 'negative', '--labels', 'template.json'], '--labels: template.json is the template itself', 'another'],
  [['--mode', 'negative', '--labels', 'o', '--out', './o'], '--labels: rows and labels cannot', 'name a file'],
  [['--mode', 'negative', '--labels', 'no/such/file'], '--labels: there is no folder no/such', 'mkdir'],
];

describe('datamaker generate --mode', () => {
  it('writes wrong rows with a column that says what is wrong', async () => {
    const template = writeTemplate(temporaryFolder(), ORDER);
    const words = ['generate', template, '-n', '20', '-s', '1', '--mode', 'negative', '--share', '50'];
    const { code, stdout, stderr } = await datamaker([...words, '-f', 'json']);
    expect([code, stderr]).toEqual([0, '']);
    const rows = JSON.parse(stdout.toString()) as { _violation: string | null }[];
    expect(rows.filter((row) => row._violation !== null)).toHaveLength(10);
    expect(rows[1]?._violation).toBe('no: required (null)');
    const named = await datamaker([...words, '--label', 'why', '-f', 'csv']);
    expect(named.stdout.toString().split('\n')[0]).toBe('no,email,quantity,why');
  });

  it('writes a file of labels beside the rows, the same for any start and number of threads', async () => {
    const folder = temporaryFolder();
    const template = writeTemplate(folder, ORDER);
    const words = ['generate', template, '-s', '1', '--mode', 'negative', '--share', '30', '-f', 'ndjson'];
    const [rows, labels] = [join(folder, 'rows.ndjson'), join(folder, 'labels.ndjson')];
    const ended = await datamaker([...words, '-n', '900', '--threads', '2', '--out', rows, '--labels', labels]);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const made = readFileSync(rows, 'utf8').split('\n').slice(0, -1);
    expect(made).toHaveLength(900);
    expect(linesOf(labels)).toHaveLength(270);
    for (const { row, field, value } of linesOf(labels)) {
      expect(JSON.parse(made[row] ?? '')).toMatchObject({ [field]: value });
      expect(Object.keys(JSON.parse(made[row] ?? ''))).toEqual(['no', 'email', 'quantity']);
    }
    const part = join(folder, 'part.ndjson');
    const later = await datamaker([...words, '-n', '100', '--from', '500', '--labels', part]);
    expect(later.stdout.toString().split('\n').slice(0, -1)).toEqual(made.slice(500, 600));
    expect(linesOf(part)).toEqual(linesOf(labels).filter(({ row }) => row >= 500 && row < 600));
  });

  it('says of rows at the bounds whether they hold', async () => {
    const folder = temporaryFolder();
    const template = writeTemplate(folder, ORDER);
    const labels = join(folder, 'labels.ndjson');
    const words = ['generate', template, '-n', '6', '-s', '1', '--mode', 'boundary', '--fields', 'quantity'];
    expect(await datamaker([...words, '--labels', labels])).toMatchObject({ code: 0 });
    expect(linesOf(labels)).toMatchObject(
      [0, 1, 2, 11, 12, 13].map((value) => ({ value, holds: value > 0 && value < 13 })),
    );
  });

  const refused = together(
    SLIPS.map(([flags]) => ({
      words: ['generate', 'template.json', ...flags],
      files: { 'template.json': JSON.stringify(ORDER) },
    })),
  );
  it.each(SLIPS.map((row, index) => [...row, index] as const))(
    'refuses %j in words, and leaves nothing behind',
    (_flags, message, hint, index) => {
      const { code, stdout, stderr, folder } = refused(index);
      expect([code, stdout.toString()]).toEqual([2, '']);
      expect(stderr).toContain(message);
      expect(stderr).toContain(hint);
      expect(readdirSync(folder)).toEqual(['template.json']);
    },
  );

  it('leaves no labels without rows', async () => {
    const folder = temporaryFolder();
    const template = writeTemplate(folder, ORDER);
    const labels = join(folder, 'labels.ndjson');
    const words = ['generate', template, '--mode', 'negative', '--labels', labels, '--out', '/dev/full'];
    expect((await datamaker(words)).code).toBe(1);
    expect(existsSync(labels)).toBe(false);
  });
});
