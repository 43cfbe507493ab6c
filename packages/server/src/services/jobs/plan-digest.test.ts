import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { compileTemplate, parseTemplate } from '@datamaker/engine';
import { expect, it } from 'vitest';
import { planDigest } from './plan-digest.ts';

const FIELDS = [
  { name: 'id', type: 'uuid' },
  { name: 'name', type: 'full_name', locale: 'de' },
  { name: 'amount', type: 'decimal', options: { min: 0, max: 10_000 } },
  { name: 'since', type: 'date', options: { max: 'now' } },
];

const digest = async (seed: string, fields: readonly object[] = FIELDS, now = 1_790_000_000_000): Promise<string> => {
  const parsed = parseTemplate({ name: 't', fields });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  const compiled = await compileTemplate(parsed.value, { seed, now });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics));
  return (await planDigest(compiled.value)).toString('hex');
};

it('is the same in every process, however often a plan was compiled there', async () => {
  const here = await digest('a');
  // What V8 has compiled meanwhile makes no difference.
  for (let n = 0; n < 20; n++) expect(await digest('a')).toBe(here);
  const program = `
    import { compileTemplate, parseTemplate } from '@datamaker/engine';
    import { planDigest } from './plan-digest.ts';
    const parsed = parseTemplate({ name: 't', fields: ${JSON.stringify(FIELDS)} });
    const compiled = await compileTemplate(parsed.value, { seed: 'a', now: 1_790_000_000_000 });
    console.log((await planDigest(compiled.value)).toString('hex'));`;
  const words = ['--conditions=datamaker-source', '--input-type=module-typescript', '-e', program];
  const cwd = fileURLToPath(new URL('.', import.meta.url));
  expect(execFileSync(process.execPath, words, { cwd, encoding: 'utf8' }).trim()).toBe(here);
});

it('is another one for other rows', async () => {
  const [first, ...rest] = FIELDS;
  const others = [
    await digest('b'),
    await digest('a', [...rest, first as object]),
    await digest('a', [{ ...first, name: 'key' }, ...rest]),
    await digest('a', FIELDS, 1_700_000_000_000),
  ];
  expect(new Set([await digest('a'), ...others]).size).toBe(5);
});
