import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { datamaker, temporaryFolder } from '../testing/run-datamaker.ts';
import { together } from '../testing/together.ts';

const sample = (name: string, from: string, column?: string) => ({
  name,
  type: 'sample',
  options: { from, ...(column === undefined ? {} : { column }) },
});
const CUSTOMERS = 'number,city\nDE-1,Köln\nDE-2,\nFR-1,"Paris, 5e"\n';

/** A folder with a template of these fields and these files. */
function folderWith(fields: readonly object[], files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'template.json'), JSON.stringify({ fields }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

describe('--resource', () => {
  const fields = [
    sample('customer', 'customers', 'number'),
    sample('city', 'customers', 'city'),
    sample('kind', 'kinds'),
  ];
  const files = { 'customers.csv': CUSTOMERS, 'kinds.json': '["a", {"b": [1]}]' };
  const given = ['--resource', 'customers=customers.csv', '--resource', 'kinds=kinds.json'];

  it('gives a template the rows it picks from, records whole and the same for a seed', async () => {
    const cwd = folderWith(fields, files);
    const words = ['generate', 'template.json', '-n', '200', '--seed', 's', '-f', 'ndjson', ...given];
    const first = await datamaker(words, { cwd });
    expect(first).toMatchObject({ code: 0, stderr: '' });
    const rows = first.stdout
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const records = new Set(rows.map(({ customer, city }) => `${customer} ${city}`));
    expect([...records].sort()).toEqual(['DE-1 Köln', 'DE-2 null', 'FR-1 Paris, 5e']);
    expect(new Set(rows.map(({ kind }) => JSON.stringify(kind)))).toEqual(new Set(['"a"', '{"b":[1]}']));
    const again = await datamaker([...words, '--threads', '2'], { cwd });
    expect(again.stdout).toEqual(first.stdout);
  });

  it('serves validate and profile too', async () => {
    const cwd = folderWith(fields, files);
    expect(await datamaker(['validate', 'template.json', ...given], { cwd })).toMatchObject({ code: 0, stderr: '' });
    const words = ['profile', 'template.json', '-n', '2000', '--seed', 's', '--check', ...given];
    const profiled = await datamaker(words, { cwd });
    expect(profiled).toMatchObject({ code: 0, stderr: '' });
    expect(profiled.stdout.toString()).toMatch(/\n(\d+) of \1 promises of the template hold\n$/);
  });

  it('reads lines of JSON, and names with = in the file', async () => {
    const cwd = folderWith([sample('v', 'n', 'id')], { 'a=b.ndjson': '{"id":1}\n\n{"id":1}\n' });
    const { stdout, code } = await datamaker(
      ['generate', 'template.json', '-n', '2', '-s', 'x', '--resource', 'n=a=b.ndjson'],
      { cwd },
    );
    expect([code, JSON.parse(stdout.toString())]).toEqual([0, [{ v: 1 }, { v: 1 }]]);
  });

  const one = [sample('v', 'rows', 'id')];
  const bad: readonly [string, readonly string[], Readonly<Record<string, string | Uint8Array>>, RegExp][] = [
    ['no file for a name', [], {}, /rows.*\[resource_not_found\][\s\S]*--resource <name>=<file>/],
    [
      'no name',
      ['rows.csv'],
      { 'rows.csv': 'id\n1\n' },
      /--resource: "rows\.csv" is no name=file \[invalid_resource\]/,
    ],
    ['no file behind =', ['rows='], {}, /\[invalid_resource\]/],
    ['a file that is missing', ['rows=no.csv'], {}, /no\.csv could not be read/],
    ['a folder', ['rows=.'], {}, /\[invalid_format\]/],
    [
      'an unknown ending',
      ['rows=rows.txt'],
      { 'rows.txt': 'id' },
      /--resource: .*\[invalid_format\][\s\S]*csv, ndjson, json/,
    ],
    ['a name twice', ['rows=a.json', 'rows=a.json'], { 'a.json': '[{"id":1}]' }, /\[duplicate_resource\]/],
    [
      'a name that no field has',
      ['rows=a.json', 'rwos=a.json'],
      { 'a.json': '[{"id":1}]' },
      /\[unknown_resource\][\s\S]*did you mean "rows"/,
    ],
    ['a malformed CSV', ['rows=a.csv'], { 'a.csv': 'id,name\n1\n' }, /a\.csv:2: .*\[invalid_csv\]/],
    ['a malformed list', ['rows=a.json'], { 'a.json': '[{"id":1},{"id":}]' }, /a\.json:1: .*\[invalid_json\]/],
    ['an object in place of a list', ['rows=a.json'], { 'a.json': '{"id":1}' }, /\[invalid_json\]/],
    ['a malformed line', ['rows=a.ndjson'], { 'a.ndjson': '{"id":1}\nnonsense\n' }, /a\.ndjson:2: .*\[invalid_json\]/],
    ['bytes that are no text', ['rows=a.csv'], { 'a.csv': Uint8Array.of(105, 100, 10, 255, 10) }, /\[invalid_utf8\]/],
    ['no rows', ['rows=a.csv'], { 'a.csv': 'id\n' }, /has no rows/],
    ['a column that is missing', ['rows=a.csv'], { 'a.csv': 'di\n1\n' }, /\[unknown_column\]/],
    [
      'a number too large',
      ['rows=a.json'],
      { 'a.json': '[{"id":12345678901234567890}]' },
      /row 1 .*\[number_too_large\]/,
    ],
    [
      'more than the limit in all',
      ['rows=a.csv', 'more=b.csv'],
      { 'a.csv': `id\n${'x'.repeat(999)}\n`.repeat(10), 'b.csv': `id\n${`${'x'.repeat(999)}\n`.repeat(34_000)}` },
      /b\.csv.*[\s\S]*larger than 32 MiB \[resource_too_large\]/,
    ],
  ];

  const WRITES = ['generate', 'template.json', '--out', 'out.json'];
  const CHECKS = ['validate', 'template.json'];
  const [written, checked] = [WRITES, CHECKS].map((words) =>
    together(
      bad.map(([, resources, extra]) => ({
        words: [...words, ...resources.flatMap((each) => ['--resource', each])],
        files: { 'template.json': JSON.stringify({ fields: one }), ...extra },
      })),
    ),
  );
  it.each(bad.map((row, index) => [...row, index] as const))(
    'refuses %s, and writes nothing',
    (_, _resources, extra, message, index) => {
      for (const ended of [written?.(index), checked?.(index)]) {
        expect(ended?.stderr).toMatch(message);
        expect(ended).toMatchObject({ code: 2, stdout: Buffer.alloc(0) });
        expect(readdirSync(ended?.folder ?? '').toSorted()).toEqual(
          ['template.json', ...Object.keys(extra)].toSorted(),
        );
      }
    },
  );

  it('does not write over what it reads from', async () => {
    const cwd = folderWith(one, { 'rows.json': '[{"id":1}]' });
    const words = ['generate', 'template.json', '--resource', 'rows=rows.json', '--out', 'rows.json'];
    const ended = await datamaker(words, { cwd });
    expect(ended).toMatchObject({ code: 2 });
    expect(ended.stderr).toContain('[output_is_input]');
    expect(readFileSync(join(cwd, 'rows.json'), 'utf8')).toBe('[{"id":1}]');
    expect(existsSync(join(cwd, 'rows.json.partial'))).toBe(false);
  });
});
