import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileTemplate, generateFile, parseFormat, parseTemplate } from '@datamaker/engine';
import { describe, expect, it } from 'vitest';
import { CUSTOMER, datamaker, shell, temporaryFolder, writeTemplate } from '../testing/run-datamaker.ts';
import { runLines, together } from '../testing/together.ts';

/** What the engine itself makes of the template: the bytes that every door must give. */
async function engineBytes(
  template: unknown,
  seed: string,
  format: unknown,
  from: number,
  to: number,
): Promise<Buffer> {
  const parsed = parseTemplate(template);
  if (!parsed.ok) throw new Error('not a template');
  const compiled = await compileTemplate(parsed.value, { seed });
  const options = parseFormat(format);
  if (!compiled.ok || !options.ok) throw new Error('not compiled');
  const chunks: Buffer[] = [];
  // A chunk is valid until the next is asked for.
  for await (const chunk of generateFile(compiled.value, options.value, from, to)) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** Flags, and the format they ask the engine for. */
const FORMATS: readonly [string[], unknown][] = [
  [['--format', 'csv'], { format: 'csv' }],
  [['--format', 'csv', '--line-ending', 'crlf'], { format: 'csv', lineEnding: 'crlf' }],
  [
    ['-f', 'csv', '--no-header', '--delimiter', 'tab', '--quoting', 'all', '--bom', '--spreadsheet-safe'],
    { format: 'csv', header: false, delimiter: 'tab', quoting: 'all', bom: true, spreadsheetSafe: true },
  ],
  [['--format', 'ndjson'], { format: 'ndjson' }],
  [['-f', 'xml', '--root', 'data'], { format: 'xml', root: 'data' }],
  [['-f', 'custom', '--line', '{{id}}\\t{{email}}\\n'], { format: 'custom', line: '{{id}}\t{{email}}\n' }],
  [['-f', 'xlsx', '--sheet', 'A', '--no-freeze'], { format: 'xlsx', sheet: 'A', freeze: false }],
  [
    ['-f', 'parquet', '--row-group', '3', '--compression', 'none'],
    { format: 'parquet', rowGroup: 3, compression: 'none' },
  ],
  [['-f', 'avro', '--threads', '2'], { format: 'avro' }],
  [
    ['-f', 'sql', '--create-table', '--upsert', 'id,email'],
    { format: 'sql', createTable: true, upsert: ['id', 'email'] },
  ],
  [[], { format: 'json' }],
  [
    ['-f', 'sql', '--dialect', 'mysql', '--table', "o'clock", '--batch', '3'],
    { format: 'sql', dialect: 'mysql', table: "o'clock", batch: 3 },
  ],
];

describe('datamaker generate', () => {
  const files = { 'template.json': JSON.stringify(CUSTOMER) };
  const words = ['generate', 'template.json', '--count', '7', '--seed', 'demo'];
  const printed = together(FORMATS.map(([flags]) => ({ words: [...words, ...flags], files })));
  const filed = together(FORMATS.map(([flags]) => ({ words: [...words, ...flags, '--out', 'out'], files })));
  it.each(FORMATS.map((row, index) => [...row, index] as const))(
    'writes what the engine makes, byte for byte, on stdout and into a file: %j',
    async (_flags, format, index) => {
      const stdout = await engineBytes(CUSTOMER, 'demo', format, 0, 7);
      expect(printed(index)).toMatchObject({ code: 0, signal: null, stdout, stderr: '' });
      expect(filed(index)).toMatchObject({ code: 0, stdout: Buffer.alloc(0), stderr: '' });
      expect(readFileSync(join(filed(index).folder, 'out'))).toEqual(stdout);
    },
  );

  it('gives the same bytes for any number of threads, through a pipe and into a file', async () => {
    const folder = temporaryFolder();
    const template = writeTemplate(folder, CUSTOMER);
    const words = `datamaker generate ${template} -n 600000 -s 1 -f csv`;
    const { stdout } = await shell(`${words} --threads 1 | sha256sum; ${words} --threads 3 | sha256sum
      ${words} --threads 2 --out ${folder}/out.csv; sha256sum < ${folder}/out.csv; ${words} > ${folder}/two.csv; sha256sum < ${folder}/two.csv`);
    const sums = stdout.toString().trim().split('\n');
    expect(sums).toHaveLength(4);
    expect(new Set(sums).size).toBe(1);
  });

  it('gives rows that do not depend on where it starts', async () => {
    const template = writeTemplate(temporaryFolder(), CUSTOMER);
    const words = ['generate', template, '--seed', 'x', '--format', 'ndjson'];
    const ended = await runLines([
      { words: [...words, '--count', '20'] },
      { words: [...words, '--from', '5', '--count', '3'] },
    ]);
    const [all, some] = ended.map(({ stdout }) => stdout.toString().split('\n').filter(Boolean));
    expect(all).toHaveLength(20);
    expect(some).toEqual(all?.slice(5, 8));
  });

  it('tells the seed it drew on stderr, and that seed gives the same bytes again', async () => {
    const template = writeTemplate(temporaryFolder(), CUSTOMER);
    const first = await datamaker(['generate', template]);
    const seed = /^seed: (\S+)\n$/.exec(first.stderr)?.[1];
    expect(seed).toBeDefined();
    const again = await datamaker(['generate', template, '--seed', seed as string]);
    expect(again).toMatchObject({ stdout: first.stdout, stderr: '' });
    expect((await datamaker(['generate', template])).stdout).not.toEqual(first.stdout);
    expect(JSON.parse(first.stdout.toString())).toHaveLength(10);
  });

  it('takes the format from the ending of the file', async () => {
    const folder = temporaryFolder();
    const template = writeTemplate(folder, CUSTOMER);
    await runLines([
      { words: ['generate', template, '-s', '1', '-o', join(folder, 'a.CSV')] },
      { words: ['generate', template, '-s', '1', '-o', join(folder, 'a.jsonl'), '-f', 'csv'] },
    ]);
    expect(readFileSync(join(folder, 'a.CSV'), 'utf8')).toMatch(/^id,uuid,email,balance\n1,/);
    expect(readFileSync(join(folder, 'a.jsonl'), 'utf8')).toMatch(/^id,/);
  });

  it('reads the template from stdin, with or without a byte order mark', async () => {
    const words = ['generate', '-', '--seed', '1'];
    const plain = await datamaker(words, { input: JSON.stringify(CUSTOMER) });
    expect(plain).toMatchObject({ code: 0, stdout: await engineBytes(CUSTOMER, '1', { format: 'json' }, 0, 10) });
    expect(await datamaker(words, { input: `\uFEFF${JSON.stringify(CUSTOMER)}` })).toEqual(plain);
  });

  it('finds nested templates beside the template, or where --templates says', async () => {
    const folder = temporaryFolder();
    const elsewhere = join(folder, 'elsewhere');
    mkdirSync(elsewhere);
    const order = { fields: [{ name: 'to', type: 'template', options: { template_id: 'tmpl_address' } }] };
    const address = { id: 'tmpl_address', fields: [{ name: 'city', type: 'constant', options: { value: 'Ulm' } }] };
    const beside = writeTemplate(folder, order, 'order.json');
    writeTemplate(folder, address, 'address.json');
    const apart = writeTemplate(elsewhere, order, 'order.json');
    const expected = { code: 0, stdout: Buffer.from('{"to":{"city":"Ulm"}}\n') };
    const words = ['-n', '1', '-s', '1', '-f', 'ndjson'];
    const ended = await runLines([
      { words: ['generate', beside, ...words] },
      { words: ['generate', apart, ...words, '--templates', folder] },
      { words: ['generate', apart, ...words, '--templates', join(folder, 'address.json')] },
      { words: ['generate', apart, ...words] },
    ]);
    expect(ended).toMatchObject([
      expected,
      expected,
      expected,
      { code: 2, stderr: expect.stringContaining('template_not_found') },
    ]);
  });

  it('replaces a file as a whole, keeps its permissions and follows a link', async () => {
    const folder = temporaryFolder();
    const template = writeTemplate(folder, CUSTOMER);
    writeFileSync(join(folder, 'real.csv'), 'old content that is longer than nothing'.repeat(1000));
    chmodSync(join(folder, 'real.csv'), 0o640);
    symlinkSync('real.csv', join(folder, 'link.csv'));
    symlinkSync('later.csv', join(folder, 'dangling.csv'));
    for (const name of ['link.csv', 'dangling.csv']) {
      expect(await datamaker(['generate', template, '-s', '1', '-n', '2', '-o', join(folder, name)])).toMatchObject({
        code: 0,
      });
    }
    expect(statSync(join(folder, 'real.csv')).mode & 0o777).toBe(0o640);
    expect(readFileSync(join(folder, 'real.csv'))).toEqual(await engineBytes(CUSTOMER, '1', { format: 'csv' }, 0, 2));
    expect(readdirSync(folder).sort()).toEqual(['dangling.csv', 'later.csv', 'link.csv', 'real.csv', 'template.json']);
  });

  it('writes into devices, named pipes and what the shell has opened, without replacing them', async () => {
    const folder = temporaryFolder();
    const template = writeTemplate(folder, CUSTOMER);
    const words = `datamaker generate ${template} -n 3 -s 1 -f csv`;
    const { stdout, stderr } = await shell(`cd ${folder}
      ${words} --out /dev/null; test -c /dev/null && echo device
      mkfifo fifo; cat fifo > from-fifo & ${words} --out fifo; wait; test -p fifo && echo fifo
      echo first > log; ${words} --out /dev/stdout >> log
      ${words} --out >(cat > from-shell); while [ ! -s from-shell ]; do :; done`);
    expect(stderr).toBe('');
    expect(stdout.toString()).toBe('device\nfifo\n');
    const expected = await engineBytes(CUSTOMER, '1', { format: 'csv' }, 0, 3);
    expect(readFileSync(join(folder, 'from-fifo'))).toEqual(expected);
    expect(readFileSync(join(folder, 'from-shell'))).toEqual(expected);
    expect(readFileSync(join(folder, 'log'), 'utf8')).toBe(`first\n${expected}`);
  });
});
