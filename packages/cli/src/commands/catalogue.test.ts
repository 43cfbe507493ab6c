import { fieldTypes } from '@datamaker/engine';
import { describe, expect, it } from 'vitest';
import { CUSTOMER, datamaker, temporaryFolder, writeTemplate } from '../testing/run-datamaker.ts';
import { runLines } from '../testing/together.ts';

/** What each of some lines prints. */
const textsOf = async (...lines: string[][]): Promise<string[]> => {
  const ended = await runLines(lines.map((words) => ({ words })));
  expect(ended).toMatchObject(lines.map(() => ({ code: 0, stderr: '' })));
  return ended.map(({ stdout }) => stdout.toString());
};
const textOf = async (...words: string[]): Promise<string> => (await textsOf(words))[0] ?? '';

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
    const aliased = fieldTypes().find(({ aliases }) => aliases.length > 0);
    const [text, byAlias] = await textsOf(['types', 'iban'], ['types', aliased?.aliases[0] as string]);
    for (const { name } of fieldTypes().find(({ key }) => key === 'iban')?.options ?? [])
      expect(text).toContain(`  ${name} `);
    expect(byAlias).toContain(`${aliased?.key}: `);
  });

  it('gives the catalogue as JSON', async () => {
    const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
    const [all = '', one = ''] = await textsOf(['types', '--json'], ['types', 'uuid', '--json']);
    expect(JSON.parse(all)).toEqual(plain(fieldTypes()));
    expect(JSON.parse(one)).toMatchObject({ key: 'uuid' });
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
    const words = ['validate', template, '--count'];
    expect(await runLines([{ words: [...words, '5'] }, { words: [...words, '6'] }])).toMatchObject([
      { code: 0, stdout: expect.toSatisfy((text: Buffer) => text.includes('ok, 1 field')), stderr: '' },
      { code: 2, stderr: expect.stringContaining('can give 5 distinct values') },
    ]);
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
