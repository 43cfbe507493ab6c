import { fieldTypes } from '@datamaker/engine';
import { describe, expect, it } from 'vitest';
import { CUSTOMER, datamaker, temporaryFolder, writeTemplate } from '../testing/run-datamaker.ts';

const textOf = async (...words: string[]): Promise<string> => {
  const ended = await datamaker(words);
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  return ended.stdout.toString();
};

describe('datamaker types', () => {
  it('lists every type once, below its family, the summaries in one column', async () => {
    const lines = (await textOf('types')).split('\n');
    const columns = fieldTypes().map(({ key, family, summary }) => {
      const row = lines.findIndex((line) => line.startsWith(`  ${key} `));
      expect(lines.slice(0, row).findLast((line) => line !== '' && !line.startsWith(' '))).toBe(family);
      return lines[row]?.indexOf(summary);
    });
    expect(new Set(columns).size).toBe(1);
    expect(lines.filter((line) => line.startsWith('  '))).toHaveLength(columns.length);
  });

  it('explains one type with its options, by its key or an alias', async () => {
    const text = await textOf('types', 'iban');
    for (const { name } of fieldTypes().find(({ key }) => key === 'iban')?.options ?? [])
      expect(text).toContain(`  ${name} `);
    const aliased = fieldTypes().find(({ aliases }) => aliases.length > 0);
    expect(await textOf('types', aliased?.aliases[0] as string)).toContain(`${aliased?.key}: `);
  });

  it('gives the catalogue as JSON', async () => {
    const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
    expect(JSON.parse(await textOf('types', '--json'))).toEqual(plain(fieldTypes()));
    expect(JSON.parse(await textOf('types', 'uuid', '--json'))).toMatchObject({ key: 'uuid' });
  });

  it('names the nearest type for an unknown one', async () => {
    const ended = await datamaker(['types', 'frist_name']);
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('did you mean first_name?') });
  });
});

describe('datamaker validate', () => {
  it('says that a template is in order', async () => {
    const template = writeTemplate(temporaryFolder(), CUSTOMER);
    expect(await textOf('validate', template)).toBe(`${template}: ok, 4 fields\n`);
  });

  it('checks, given a count, that unique fields can give as many', async () => {
    const template = writeTemplate(temporaryFolder(), {
      fields: [{ name: 'a', type: 'number', options: { min: 1, max: 5, unique: true } }],
    });
    expect(await textOf('validate', template, '--count', '5')).toContain('ok, 1 field');
    const ended = await datamaker(['validate', template, '--count', '6']);
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('can give 5 distinct values') });
  });
});

describe('datamaker', () => {
  it('tells its version and its help', async () => {
    expect(await textOf('--version')).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(await textOf('help')).toBe(await textOf('--help'));
    expect(await textOf('help', 'types')).toBe(await textOf('types', '-h'));
  });

  it('starts without the server and without the engine when neither is needed', async () => {
    // A module that is loaded opens its file; a loader that refuses to resolve them shows that none is asked for.
    const { execute, DATAMAKER } = await import('../testing/run-datamaker.ts');
    const refuse = `data:text/javascript,${encodeURIComponent(`import { registerHooks } from 'node:module';
      registerHooks({ resolve(name, context, next) { if (name.startsWith('@datamaker/') && !/\\/(formats|limits|is-deeper-than)$/.test(name)) throw new Error('loaded ' + name); return next(name, context); } });`)}`;
    const [program, ...words] = DATAMAKER;
    expect(await execute([program, '--import', refuse, ...words, 'generate', '--help'], {})).toMatchObject({
      code: 0,
      stderr: '',
    });
    expect(await execute([program, '--import', refuse, ...words, 'types'], {})).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('loaded @datamaker/engine'),
    });
  });
});
