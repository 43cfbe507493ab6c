import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shell, temporaryFolder } from '../testing/run-datamaker.ts';
import { runLines, together } from '../testing/together.ts';

interface Made {
  readonly name: string;
  readonly locale: string;
  readonly fields: readonly { readonly name: string; readonly type: string }[];
}

/** What `infer` says to each of some lines in a folder. */
const inferEach = (folder: string, ...lines: string[][]) =>
  runLines(lines.map((words) => ({ words: ['infer', ...words], cwd: folder })));
const namesOf = (text: string) => (JSON.parse(text) as Made).fields.map(({ name }) => name);
const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);

type Files = Readonly<Record<string, string | Uint8Array>>;
const toAttempt = (words: readonly string[], files: Files) => ({ words: ['infer', ...words], files });

/** What is given, words and files, and the names that are found. */
const NAMES: readonly [string, string[], Files, string][] = [
  ['words', ['id', 'full name', 'e-mail'], {}, 'id|full name|e-mail'],
  ['words with commas', ['id, email', 'phone'], {}, 'id|email|phone'],
  ['a word with a point that is no file', ['address.city'], {}, 'address.city'],
  ['words with a slash', ['id', 'km/h'], {}, 'id|km/h'],
  ['a CSV header', ['a.csv'], { 'a.csv': 'id,"last, first",email\n1,2,3\n' }, 'id|last, first|email'],
  ['a CSV header alone', ['a.csv'], { 'a.csv': 'id,email' }, 'id|email'],
  ['semicolons, a byte order mark, CRLF', ['a.csv'], { 'a.csv': '\uFEFFid;"a,b";c\r\n1;2;3\r\n' }, 'id|a,b|c'],
  ['tabs in UTF-16', ['a.tsv'], { 'a.tsv': utf16('id\tПочта\r\n') }, 'id|Почта'],
  ['rows that do not fit their header', ['a.csv'], { 'a.csv': 'id,email\n1\n1,2,3,"x\n' }, 'id|email'],
  ['a JSON list of names', ['a.json'], { 'a.json': '["id", "email"]' }, 'id|email'],
  ['rows of JSON', ['a.json'], { 'a.json': '[{"id": 1}, {"id": 2, "email": null}]' }, 'id|email'],
  ['rows of NDJSON', ['a.jsonl'], { 'a.jsonl': '{"id": 1}\n{"email": {"x": 1}}\n' }, 'id|email'],
  ['an object of JSON', ['a.json'], { 'a.json': '{\n  "id": 1,\n  "email": "x"\n}\n' }, 'id|email'],
  ['an object in one line', ['a.json'], { 'a.json': '{"id": 1, "email": "x"}' }, 'id|email'],
  ['a file by its folder', ['./names'], { names: 'id,email\n' }, 'id|email'],
  ['a file by its being there', ['names.txt'], { 'names.txt': 'id,email\n' }, 'id|email'],
  ['keys of every kind', ['a.json'], { 'a.json': '[{"__proto__": 1, "constructor": 2}]' }, '__proto__|constructor'],
];

const many = Array.from({ length: 10_001 }, (_, i) => `c${i}`);
/** What is wrong, words and files, and the code and the place that are told. */
const SLIPS: readonly [string, string[], Files, string, string][] = [
  ['no names', [], {}, 'missing_argument', '<names>'],
  ['an empty file', ['a.csv'], { 'a.csv': '' }, 'no_names', 'a.csv'],
  ['blanks', ['a.csv'], { 'a.csv': ' \n\n' }, 'no_names', 'a.csv'],
  ['an empty list', ['a.json'], { 'a.json': '[]' }, 'no_names', 'a.json'],
  ['rows without a header', ['a.csv'], { 'a.csv': '1,2.5\n2,3.5\n' }, 'no_header', 'a.csv'],
  ['an empty name', ['id', ''], {}, 'invalid_name', 'column 2'],
  ['an empty name in a header', ['a.csv'], { 'a.csv': 'id,,email\n' }, 'invalid_name', 'column 2'],
  ['a name twice', ['a.csv'], { 'a.csv': 'id,email,id\n' }, 'duplicate_name', 'column 3'],
  ['a long name', ['id', 'x'.repeat(10_000)], {}, 'invalid_name', 'column 2'],
  ['a name with a line break', ['a\nb'], {}, 'invalid_name', 'column 1'],
  ['10,001 columns', ['a.csv'], { 'a.csv': many.join() }, 'too_many_fields', '10001 columns'],
  ['10,001 names', ['a.json'], { 'a.json': JSON.stringify(many) }, 'too_many_fields', '10001 columns'],
  [
    'a long list of names',
    ['a.json'],
    { 'a.json': JSON.stringify([...many, ...many, ...many]) },
    'too_many_fields',
    '',
  ],
  ['an unknown locale', ['id', '--locale', 'de_ED'], {}, 'unknown_locale', '--locale'],
  ['a name no template has', ['id', '--name', 'a\nb'], {}, 'invalid_name', '--name'],
  ['a long hint', ['id', '--hint', 'x'.repeat(3000)], {}, 'hint_too_long', '--hint'],
  ['a file that is not there', ['a.csv'], {}, 'file_not_found', 'a.csv'],
  ['a folder', ['./'], {}, 'is_a_folder', './'],
  ['a file next to names', ['a.csv', 'id'], { 'a.csv': 'id\n' }, 'unexpected_argument', 'a.csv'],
  ['two files', ['a.csv', 'b.csv'], {}, 'unexpected_argument', 'a.csv'],
  ['a binary file', ['a.png'], { 'a.png': new Uint8Array([0x89, 0x50, 0, 0, 0, 1]) }, 'not_a_table', 'a.png'],
  ['no spreadsheet', ['a.xlsx'], { 'a.xlsx': 'id,email\n' }, 'invalid_source', 'a.xlsx'],
  ['half a spreadsheet', ['a.xlsx'], { 'a.xlsx': 'PK\u0003\u0004\0\0' }, 'invalid_source', 'a.xlsx'],
  ['invalid UTF-8', ['a.csv'], { 'a.csv': new Uint8Array([0x69, 0xff, 0x2c, 0x61]) }, 'invalid_utf8', 'a.csv'],
  ['quotes that do not match', ['a.csv'], { 'a.csv': '"id,email\n1,2\n' }, 'invalid_csv', 'a.csv:'],
  ['no JSON', ['a.json'], { 'a.json': '["id", ' }, 'invalid_json', 'a.json:1'],
  ['JSON of something else', ['a.json'], { 'a.json': '[1, 2]' }, 'invalid_names', 'a.json'],
  ['JSON of names and rows', ['a.json'], { 'a.json': '["id", {"a": 1}]' }, 'invalid_names', 'a.json'],
  ['samples of names', ['id', '--samples'], {}, 'no_rows', '--samples'],
  ['a sheet of names', ['id', '--sheet', 'x'], {}, 'no_sheets', '--sheet'],
  ['a sheet of CSV', ['a.csv', '--sheet', 'x'], { 'a.csv': 'id\n' }, 'no_sheets', '--sheet'],
  ['data without an explanation', ['id', '--json'], {}, 'option_needed', '--json'],
  ['output over the input', ['a.csv', '--out', 'a.csv'], { 'a.csv': 'id\n' }, 'output_is_input', '--out'],
  ['output to no folder', ['id', '--out', 'no/t.json'], {}, 'folder_not_found', '--out'],
];

describe('datamaker infer', () => {
  const tried = together(NAMES.map(([, words, files]) => toAttempt(words, files)));
  it.each(NAMES.map((row, index) => [...row, index] as const))('takes %s', (_, _words, _files, names, index) => {
    const { code, stdout } = tried(index);
    expect(code).toBe(0);
    expect(namesOf(stdout.toString()).join('|')).toBe(names);
  });

  it('takes CSV, JSON and a spreadsheet from stdin, and `generate` takes the template', async () => {
    const folder = temporaryFolder();
    const script = `cd ${folder}
      printf 'id,email\\n' | datamaker infer - | datamaker generate - -n 2 --seed a -f csv | head -n 1
      printf '["id", "email"]' | datamaker infer - | datamaker generate - -n 2 --seed a -f csv | head -n 1
      echo '{"fields": [{"name": "id", "type": "sequence"}, {"name": "email", "type": "email"}]}' > t.json
      datamaker generate t.json -n 300 -f xlsx -o t.xlsx --seed a
      datamaker infer - < t.xlsx | datamaker generate - -n 2 --seed a -f csv | head -n 1
      datamaker infer t.xlsx --sheet sheet1 --samples | datamaker generate - -n 2 --seed a -f csv | head -n 1`;
    expect((await shell(script)).stdout.toString()).toBe('id,email\n'.repeat(4));
  });

  it('gives the same template for the same names, whatever the rows, unless they are asked for', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a.csv'), 'id,plan\n1,x\n');
    const [one, two, sampled] = await inferEach(folder, ['a.csv'], ['id', 'plan'], ['a.csv', '--samples']);
    expect(namesOf(String(one?.stdout))).toEqual(['id', 'plan']);
    expect(one?.stdout).toEqual(two?.stdout);
    expect(sampled?.code).toBe(0);
  });

  it('reads no more of a file of any length than it needs', async () => {
    const { code, stdout } = await shell(
      "(printf 'id,email\\n'; yes '1,a@example.com') | datamaker infer - --samples --name endless",
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout.toString())).toMatchObject({
      name: 'endless',
      fields: [{ name: 'id' }, { name: 'email' }],
    });
  });

  it('writes the template to a file, named and located as told', async () => {
    const words = ['id', 'city', '--out', 't.json', '--table', 'shops', '--locale', 'de_DE'];
    const folder = temporaryFolder();
    expect(await inferEach(folder, words)).toMatchObject([{ code: 0, stdout: Buffer.alloc(0) }]);
    expect(JSON.parse(readFileSync(join(folder, 't.json'), 'utf8'))).toMatchObject({ name: 'shops', locale: 'de_DE' });
    expect(readdirSync(folder)).toEqual(['t.json']);
  });

  it('explains as a table, or as data, and writes the template only where it is told to', async () => {
    const folder = temporaryFolder();
    const words = ['id', 'qzxv', '--explain'];
    const [drawn, data] = await inferEach(folder, [...words, '--out', 't.json'], [...words, '--json']);
    expect(String(drawn?.stdout)).toMatch(/^name +type +options +confidence +reason +alternatives\nid +\w+/);
    expect(String(drawn?.stdout)).toMatch(/\nqzxv .*\n\n.*locale \w+; \d of 2 fields are known well enough \(60%\)\n$/);
    expect(namesOf(readFileSync(join(folder, 't.json'), 'utf8'))).toEqual(['id', 'qzxv']);
    const { fields } = JSON.parse(String(data?.stdout));
    expect(fields[1]).toMatchObject({
      name: 'qzxv',
      type: expect.any(String),
      options: expect.any(Object),
      confidence: expect.any(Number),
      reason: expect.any(String),
      alternatives: expect.any(Array),
    });
  });

  it('tells which fields are guessed, and with --strict writes nothing', async () => {
    const folder = temporaryFolder();
    const [lax, strict] = await inferEach(folder, ['id', 'qzxv'], ['id', 'qzxv', '--strict', '--out', 't.json']);
    expect(lax?.code).toBe(0);
    expect(lax?.stderr).toMatch(/^the command line: .*qzxv \(\w+\) \[low_confidence\]\n$/);
    expect(strict).toMatchObject({ code: 2, stdout: Buffer.alloc(0) });
    expect(strict?.stderr).toMatch(
      /column 2: "qzxv" is guessed to be \w+ \(confidence 0\.\d\d, .*\) \[low_confidence\]\n {4}hint: /,
    );
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('bad input of infer', () => {
  const tried = together(
    SLIPS.map(([, words, files]) =>
      toAttempt([...words, ...(words.includes('--out') ? [] : ['--out', 't.json'])], files),
    ),
  );
  it.each(SLIPS.map((row, index) => [...row, index] as const))(
    'ends in exit code 2, place and remedy, and nothing is written: %s',
    (_, _words, files, code, place, index) => {
      const ended = tried(index);
      expect(ended).toMatchObject({ code: 2, stdout: Buffer.alloc(0) });
      expect(ended.stderr).toContain(code);
      expect(ended.stderr).toContain(place);
      expect(ended.stderr.length).toBeLessThan(3000);
      expect(ended.stderr).not.toMatch(/\n\s+at /);
      expect(readdirSync(ended.folder)).toEqual(Object.keys(files));
    },
  );

  it('names the nearest sheet', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'x'));
    const script = `cd ${folder}; echo '{"fields":[{"name":"id","type":"sequence"}]}' | datamaker generate - -n 1 -f xlsx -o t.xlsx --seed a
      datamaker infer t.xlsx --sheet Shet1`;
    const { code, stderr } = await shell(script);
    expect(code).toBe(2);
    expect(stderr).toContain('[sheet_not_found]\n    hint: did you mean "Sheet1"?');
  });
});
