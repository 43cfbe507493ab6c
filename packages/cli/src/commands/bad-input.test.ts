import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CUSTOMER, datamaker, temporaryFolder, writeTemplate } from '../testing/run-datamaker.ts';
import { runLines, together } from '../testing/together.ts';

const field = (type: string, options: unknown = {}, name = 'a'): unknown => ({ name, type, options });
const manyFields = Array.from({ length: 5000 }, (_, index) => field('uuid', {}, `f${index}`));
/** A template that contains itself, through the folder it lies in. */
const cyclic = { id: 'template', fields: [field('template', { template_id: 'template' })] };

/** What is wrong, the template, and the code and the place that are told. */
const TEMPLATES: readonly [string, unknown, string, string][] = [
  ['unknown type', { fields: [field('uid')] }, 'unknown_type', ':1:31 /fields/0/type'],
  ['unknown option', { fields: [field('number', { mni: 1 })] }, 'unknown_option', ':1:57 /fields/0/options/mni'],
  ['min above max', { fields: [field('number', { min: 5, max: 1 })] }, '', '/fields/0/options/'],
  [
    'unsatisfiable regex',
    { fields: [field('regex', { pattern: 'a$b' })] },
    'unsatisfiable_pattern',
    '/fields/0/options/pattern',
  ],
  [
    'missing nested template',
    { fields: [field('template', { template_id: 'nope' })] },
    'template_not_found',
    '/fields/0/options/template_id',
  ],
  ['cyclic template', cyclic, 'cyclic_template', '/options/template_id'],
  ['5,000 fields', { fields: manyFields }, 'too_many_fields', ':1:11 /fields'],
  ['duplicate names', { fields: [field('uuid'), field('uuid')] }, 'duplicate_name', '/fields/1/name'],
  ['name with a newline', { fields: [field('uuid', {}, 'a\nb')] }, 'invalid_name', '/fields/0/name'],
  ['not JSON', '{"fields": [}', 'invalid_json', ':1:13'],
  ['empty file', '', 'invalid_json', ':1:1'],
  ['invalid UTF-8', new Uint8Array([0x22, 0x61, 0xff, 0x22]), 'invalid_utf8', ':1:3'],
  ['not a template', '"text"', 'invalid_template', ':1:1'],
  ['too few distinct values', { fields: [field('boolean', { unique: true })] }, 'unique', '/fields/0/options/unique'],
  ['larger than any template', `{"fields":[]}${' '.repeat(6_000_000)}`, 'template_too_large', ''],
];

/** A flag, what it is given, and the code that is told. */
const FLAGS: readonly [string, string, string][] = [
  ['--count', '0', 'invalid_count'],
  ['--count', '-1', 'invalid_count'],
  ['--count', '1e15', 'invalid_count'],
  ['--count', 'abc', 'invalid_count'],
  ['--count', '1.5', 'invalid_count'],
  ['--count', '', 'invalid_count'],
  ['--count', 'NaN', 'invalid_count'],
  ['--seed', 'x'.repeat(100_000), 'invalid_seed'],
  ['--seed', '', 'invalid_seed'],
  ['--from', '-1', 'invalid_from'],
  ['--from', '1e12', 'invalid_from'],
  ['--threads', '0', 'invalid_threads'],
  ['--threads', '1e6', 'invalid_threads'],
  ['--format', 'yaml', 'invalid_format'],
  ['--dialect', 'postgres', 'unknown_option'],
  ['--delimiter', 'x', 'unknown_option'],
  ['--row-group', '5', 'unknown_option'],
  ['--upsert', 'id', 'unknown_option'],
  ['--out', '', 'invalid_path'],
  ['--templates', '', 'missing_value'],
  ['--cuont', '5', 'unknown_option'],
];

/** A command about a template, with more words after it. */
const toAttempt = (template: unknown, command: string, ...words: string[]) => ({
  words: [command, 'template.json', ...words],
  files: {
    'template.json':
      typeof template === 'string' || template instanceof Uint8Array ? template : JSON.stringify(template),
  },
});

describe('bad input', () => {
  const generated = together(TEMPLATES.map(([, template]) => toAttempt(template, 'generate', '--out', 'out.csv')));
  const validated = together(TEMPLATES.map(([, template]) => toAttempt(template, 'validate')));
  it.each(TEMPLATES.map((row, index) => [...row, index] as const))(
    'in a template ends in exit code 2, place and remedy: %s',
    (_, _template, code, place, index) => {
      const { stderr, folder, ...ended } = generated(index);
      expect(ended).toEqual({ code: 2, signal: null, stdout: Buffer.alloc(0) });
      expect(stderr).toMatch(/^error: validation_error: .*template\.json has \d+ problems?\n/);
      expect(stderr).toContain(place);
      expect(stderr).toContain(code);
      expect(stderr).toContain('hint: ');
      expect(stderr).not.toMatch(/\n\s+at /);
      expect(readdirSync(folder)).toEqual(['template.json']);
      if (code !== 'unique') expect(validated(index).stderr).toBe(stderr);
    },
  );

  const flagged = together(
    FLAGS.map(([flag, value]) => toAttempt(CUSTOMER, 'generate', ...(flag === '--templates' ? [flag] : [flag, value]))),
  );
  it.each(FLAGS.map((row, index) => [...row, index] as const))(
    'in a flag ends in exit code 2 and names the flag: %s %.20s',
    (flag, _value, code, index) => {
      const { stderr, folder: _, ...ended } = flagged(index);
      expect(ended).toEqual({ code: 2, signal: null, stdout: Buffer.alloc(0) });
      expect(stderr).toContain(`  ${flag}: `);
      expect(stderr).toContain(`[${code}]`);
      expect(stderr.length).toBeLessThan(500);
    },
  );

  it('is listed completely', async () => {
    const template = writeTemplate(temporaryFolder(), {
      fields: [field('uid', {}, 'a'), field('nmuber', {}, 'b'), field('uuid', { x: 1 }, 'c')],
    });
    const [fields, flags] = await runLines([
      { words: ['validate', template] },
      { words: ['generate', template, '-n', '0', '-f', 'x', '--threads', 'y'] },
    ]);
    expect(fields?.stderr).toContain('has 3 problems');
    expect(fields?.stderr.match(/hint: /g)).toHaveLength(3);
    expect(flags?.stderr).toContain('has 3 problems');
  });

  it('in a path ends in exit code 2 and gives the reason', async () => {
    const folder = temporaryFolder();
    const template = writeTemplate(folder, CUSTOMER);
    mkdirSync(join(folder, 'sub'));
    const reasons = [
      [['generate', join(folder, 'missing.json')], 'file_not_found'],
      [['generate', folder], 'is_a_folder'],
      [['generate', '/dev/zero'], 'template_too_large'],
      [['generate', template, '--out', join(folder, 'sub')], 'is_a_folder'],
      [['generate', template, '--out', join(folder, 'missing/out.csv')], 'folder_not_found'],
      [['generate', template, '--out', join(template, 'out.csv')], 'not_a_folder'],
      [['generate', template, '--out', `${folder}/${'x'.repeat(300)}`], 'name_too_long'],
      [['generate', template, '--out', template], 'output_is_input'],
    ] as const;
    expect(await runLines(reasons.map(([words]) => ({ words })))).toMatchObject(
      reasons.map(([, code]) => ({ code: 2, stdout: Buffer.alloc(0), stderr: expect.stringContaining(code) })),
    );
    expect(readdirSync(folder).sort()).toEqual(['sub', 'template.json']);
  });

  it('in the command itself ends in exit code 2 and names the nearest one', async () => {
    expect(await datamaker(['genrate'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('did you mean generate?'),
    });
    expect(await datamaker([])).toMatchObject({ code: 2, stderr: expect.stringContaining('[missing_command]') });
    expect(await datamaker(['--cuont'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('[unknown_option]'),
    });
    expect(await datamaker(['generate'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('[missing_argument]'),
    });
  });

  it('never is a name with quotes, emoji or SQL in it', async () => {
    const names = ['"', "'; DROP TABLE x; --", '😀', 'a,b', '`', '\\'];
    const template = writeTemplate(temporaryFolder(), { fields: names.map((name) => field('sequence', {}, name)) });
    const formats = ['csv', 'json', 'sql', 'ndjson'];
    const ended = await runLines(
      formats.map((format) => ({ words: ['generate', template, '-s', '1', '-n', '1', '-f', format] })),
    );
    expect(ended).toMatchObject(formats.map(() => ({ code: 0, stderr: '' })));
    const stdout = ended.at(-1)?.stdout ?? '';
    expect(Object.keys(JSON.parse(stdout.toString()) as object)).toEqual(names);
  });
});
