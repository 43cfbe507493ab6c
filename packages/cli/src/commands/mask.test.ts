import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { datamaker, shell, temporaryFolder } from '../testing/run-datamaker.ts';
import { runLines, together } from '../testing/together.ts';

const KEY = '0123456789abcdef0123456789abcdef\n';
const POLICY = {
  fields: [
    { field: 'email', strategy: 'format-preserve' },
    { field: 'name', strategy: 'replace' },
    { field: 'born', strategy: 'shift', per: 'id', optional: true },
  ],
};
const CSV =
  'id,name,email,born,note\n1,"Zebedee, Q",zebedee@corp.test,1980-05-06,"say ""hi"""\n2,Yolanthe,,1990-01-01,\n';

const FILES = { 'rows.csv': CSV, 'policy.json': JSON.stringify(POLICY), key: KEY };

const toWords = (words: readonly string[]) => ['mask', ...words, '--policy', 'policy.json', '--key-file', 'key'];
const toAttempt = (words: readonly string[], files: Record<string, string> = {}) => ({
  words: toWords(words),
  files: { ...FILES, ...files },
});

/** A folder with rows, policy and key, and what runs in it. */
function workshop(files: Record<string, string> = {}) {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries({ ...FILES, ...files })) writeFileSync(join(folder, name), text);
  return {
    path: (name: string) => join(folder, name),
    read: (name: string) => readFileSync(join(folder, name), 'utf8'),
    names: () => readdirSync(folder).toSorted(),
    mask: (...words: string[]) => datamaker(toWords(words), { cwd: folder }),
    /** Several lines, one after another in one process. */
    maskEach: (...lines: string[][]) => runLines(lines.map((words) => ({ words: toWords(words), cwd: folder }))),
    shell: (script: string) => shell(script, { cwd: folder }),
  };
}

/** What is wrong, with which files, and the code and the place that are told. */
const SLIPS: readonly [string, Record<string, string>, string, string][] = [
  ['too few cells', { 'rows.csv': 'a,b\n1,2\nqwxqwx\n' }, 'invalid_csv', 'rows.csv:3'],
  ['open quote', { 'rows.csv': 'a,b\n1,"qwxqwx\n' }, 'invalid_csv', 'a quote is not closed'],
  ['quote inside', { 'rows.csv': 'a,b\n1,qwx"qwx\n' }, 'invalid_csv', 'rows.csv:2'],
  ['no names', { 'rows.csv': '\n\n1\n' }, 'invalid_csv', 'rows.csv:1'],
  ['two columns of a name', { 'rows.csv': 'a,a\n1,2\n' }, 'duplicate_column', 'rows.csv:1'],
  [
    'too many columns',
    { 'rows.csv': `${Array.from({ length: 16_385 }, (_, i) => `c${i}`).join(',')}\n` },
    'too_many_columns',
    'rows.csv:1',
  ],
  ['no header', { 'rows.csv': '' }, 'invalid_csv', 'there is no header'],
  ['policy that is not JSON', { 'policy.json': '{"fields": [' }, 'invalid_json', 'policy.json:1:13'],
  ['unknown strategy', { 'policy.json': '{"strategies": {"x": "hsah"}}' }, 'unknown_strategy', 'policy.json:1:22'],
  [
    'slip in a field',
    { 'policy.json': JSON.stringify({ fields: [...POLICY.fields, { field: 'nmae', strategy: 'redact' }] }) },
    'mask_field_not_found',
    'policy.json:1',
  ],
  ['short key', { key: 'short\n' }, 'mask_key_too_short', '--key-file'],
  [
    'date that is none',
    { 'rows.csv': 'id,name,email,born\n1,x,,qwx 1980\n' },
    'mask_strategy_does_not_fit',
    'row 1: "born"',
  ],
];

/** A format, a text that is none, and what is told. */
const TEXTS: readonly [string, string, string][] = [
  ['ndjson', '{"a":1}\n{"a":qwx}\n', 'rows:2'],
  ['json', '[{"a":1},\n{"a":qwx}]', 'rows:2'],
  ['json', '[{"a":1},]', 'rows:1'],
  ['json', '{"a":1}', 'a list was expected'],
  ['json', '[{"a":1}', 'the list does not end'],
  ['json', '[{"a":1}] qwx', 'something follows the list'],
  ['json', '[{"a":1}}', 'closed that was not opened'],
  ['json', '', 'the list does not end'],
  ['ndjson', '5\n', 'mask_invalid_row'],
  ['ndjson', '{"a":"\ud800"}\n', 'mask_field_not_found'],
];

/** Words that do not go together, and the code that is told. */
const WORDS: readonly [string[], string][] = [
  [['rows.csv', '--out', 'rows.csv'], 'output_is_input'],
  [['rows.csv', '--out', 'key'], 'output_is_input'],
  [['rows.csv', '--out', 'out.csv', '--map', 'out.csv'], 'invalid_path'],
  [['rows.csv', '--delimiter', 'ab'], 'invalid_delimiter'],
  [['rows.csv', '--format', 'xml'], 'invalid_format'],
  [['key'], 'invalid_format'],
  [['rows.csv', '--seed', ''], 'invalid_seed'],
  [['nowhere.csv'], 'file_not_found'],
  [['rows.csv', '--template', 'nowhere.json'], 'file_not_found'],
];

describe('datamaker mask', () => {
  it('masks a CSV into a CSV, leaves the rest, and tells counts and no values', async () => {
    const { mask, read } = workshop();
    const { code, stderr, stdout } = await mask('rows.csv', '--out', 'out.csv', '--seed', 's');
    expect({ code, stdout: stdout.toString() }).toEqual({ code: 0, stdout: '' });
    const lines = read('out.csv').split('\n');
    expect(lines[0]).toBe('id,name,email,born,note');
    expect(lines[1]).toMatch(/^1,[^,]+,[0-9a-f]{8}@corp\.test,(1979|1980)-\d\d-\d\d,"say ""hi"""$/);
    expect(lines[2]).toMatch(/^2,[^,]+,,(1989|1990)-\d\d-\d\d,$/);
    expect(read('out.csv')).not.toMatch(/Zebedee|Yolanthe|zebedee/);
    expect(stderr).toBe(
      'masked 2 rows\n  email  format-preserve: 1 values, 1 null\n  name   replace (full_name): 2 values, 0 null\n  born   shift: 2 values, 0 null\nseed: s\n',
    );
  });

  it('gives the same for the same value in another format, another process and another table', async () => {
    const rows = [{ id: 7, note: true, email: 'zebedee@corp.test', name: null }];
    const text = '[{"id":7,"note":true,"email":"zebedee@corp.test","name":null,"big":12345678901234567890}]';
    const { mask, maskEach, read } = workshop({ 'rows.ndjson': `${JSON.stringify(rows[0])}\n\n`, 'rows.json': text });
    const lines = ['ndjson', 'json'].map((format) => [`rows.${format}`, '--out', `out.${format}`]);
    expect(await maskEach(...lines)).toMatchObject([{ code: 0 }, { code: 0 }]);
    expect((await mask('rows.csv', '--out', 'out.csv')).code).toBe(0);
    const [email] = /[0-9a-f]{8}@corp\.test/.exec(read('out.csv')) ?? [];
    expect(JSON.parse(read('out.ndjson'))).toMatchObject({ id: 7, note: true, email, name: null });
    expect(read('out.json')).toBe(
      `[\n{"id":7,"note":true,"email":"${email}","name":null,"big":12345678901234567890}\n]\n`,
    );
  });

  it('writes the same to stdout, and from stdin', async () => {
    const { mask, read, shell: sh } = workshop();
    await mask('rows.csv', '--out', 'out.csv', '--seed', 's');
    expect((await mask('rows.csv', '--seed', 's')).stdout.toString()).toBe(read('out.csv'));
    const piped = await sh('datamaker mask - -f csv -p policy.json -k key -s s -o piped.csv < rows.csv');
    expect(piped.code).toBe(0);
    expect(read('piped.csv')).toBe(read('out.csv'));
    const refused = await sh('datamaker mask - -f csv -p policy.json -k key < rows.csv');
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.stderr).toContain('out_needed');
  });

  it('keeps tokens and what they stand for in a file for its owner alone', async () => {
    const policy = { strategies: { email: 'tokenize', name: 'redact', born: 'preserve' } };
    const { mask, read, path } = workshop({ 'policy.json': JSON.stringify(policy) });
    expect((await mask('rows.csv', '--out', 'out.csv', '--map', 'map.ndjson')).code).toBe(0);
    const entry = JSON.parse(read('map.ndjson'));
    expect(entry).toMatchObject({ field: 'email', value: 'zebedee@corp.test' });
    expect(read('out.csv')).toContain(`1,[REDACTED],${entry.token},1980-05-06`);
    expect(statSync(path('map.ndjson')).mode & 0o777).toBe(0o600);
  });

  it('lets no row out when a late one holds something personal, to a file or to stdout', async () => {
    const many = Array.from({ length: 5000 }, (_, i) => `${i},x,,,${i === 4321 ? 'ask qwx@corp.test' : 'fine'}`);
    const { mask, names } = workshop({ 'rows.csv': `id,name,email,born,note\n${many.join('\n')}\n` });
    const before = names();
    for (const words of [[], ['--out', 'out.csv'], ['--out', '/dev/stdout']]) {
      const { code, stdout, stderr } = await mask('rows.csv', ...words);
      expect({ code, stdout: stdout.toString() }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(
        /rows\.csv has 1 problem\n {2}"note" holds personal data .*\[mask_unnamed_sensitive_field\]/,
      );
      expect(stderr).not.toContain('qwx@');
    }
    expect(names()).toEqual(before);
  });

  it('leaves what was there before when it fails', async () => {
    const { mask, read, names } = workshop({ 'out.csv': 'before', 'rows.csv': 'id,name,ssn\n1,x,536-22-8743\n' });
    const before = names();
    expect((await mask('rows.csv', '--out', 'out.csv')).code).toBe(2);
    expect(read('out.csv')).toBe('before');
    expect(names()).toEqual(before);
  });

  it('uses the template for types and what is sensitive', async () => {
    const template = { fields: [{ name: 'code', type: 'iban', options: { country: 'AT' } }] };
    const files = { 'template.json': JSON.stringify(template), 'rows.csv': 'code\n17\n' };
    const refused = workshop({ ...files, 'policy.json': '{"fields": []}' });
    const ended = await refused.mask('rows.csv', '--template', 'template.json', '-o', 'out.csv');
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('the template marks it sensitive');
    const { mask, read } = workshop({ ...files, 'policy.json': '{"strategies": {"code": "replace"}}' });
    expect((await mask('rows.csv', '--template', 'template.json', '-o', 'out.csv')).code).toBe(0);
    expect(read('out.csv')).toMatch(/^code\nAT\d{18}\n$/);
  });

  const refused = together(SLIPS.map(([, files]) => toAttempt(['rows.csv', '--out', 'out.csv'], files)));
  it.each(SLIPS.map((row, index) => [...row, index] as const))(
    'refuses bad input with exit code 2, place and remedy, and shows no value: %s',
    (_, files, code, place, index) => {
      const { stderr, folder, ...ended } = refused(index);
      expect(ended).toEqual({ code: 2, signal: null, stdout: Buffer.alloc(0) });
      expect(stderr).toContain(`[${code}]`);
      expect(stderr).toContain(place);
      expect(stderr).toContain('hint: ');
      expect(stderr).not.toMatch(/qwx|\n\s+at /);
      expect(readdirSync(folder).toSorted()).toEqual(Object.keys({ ...FILES, ...files }).toSorted());
    },
  );

  const unread = together(
    TEXTS.map(([format, text]) => toAttempt(['rows', '--format', format, '--out', 'out'], { rows: text })),
  );
  it.each(TEXTS.map((row, index) => [...row, index] as const))(
    'refuses %s that is none: %j',
    (_format, _text, place, index) => {
      const { code, stderr } = unread(index);
      expect(code).toBe(2);
      expect(stderr).toContain(place);
      expect(stderr).not.toContain('qwx');
    },
  );

  const refusedWords = together(WORDS.map(([words]) => toAttempt(words)));
  it.each(WORDS.map((row, index) => [...row, index] as const))('refuses %j', (_words, code, index) => {
    const ended = refusedWords(index);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain(code);
  });

  it('needs a policy', async () => {
    const { stderr, code } = await datamaker(['mask', 'rows.csv']);
    expect(code).toBe(2);
    expect(stderr).toContain('--policy is missing');
  });

  it('reads other delimiters, a byte order mark and CRLF', async () => {
    const files = { 'rows.csv': '\ufeffid;name;email;born\r\n1;Zebedee;z@corp.test;1980-05-06\r\n' };
    const { mask, read } = workshop(files);
    expect((await mask('rows.csv', '--delimiter', ';', '-o', 'out.csv')).code).toBe(0);
    expect(read('out.csv')).toMatch(/^id;name;email;born\n1;[^;]+;[0-9a-f]{8}@corp\.test;\d{4}-\d\d-\d\d\n$/);
  });

  it('holds a small part of a large file in memory', async () => {
    const { shell: sh } = workshop({ 'policy.json': '{"strategies": {"a": "redact"}}' });
    const script = `
      { echo a,b; yes "$(printf 'x%.0s' {1..5000}),1" | head -n 12000; } > big.csv
      NODE_OPTIONS=--max-old-space-size=48 datamaker mask big.csv -p policy.json -o out.csv && wc -l < out.csv`;
    const ended = await sh(script);
    expect({ code: ended.code, out: ended.stdout.toString().trim() }).toEqual({ code: 0, out: '12001' });
  });
});
