import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileTemplate, generateRows, limits, parseTemplateText } from '@datamaker/engine';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(join(root, 'docs/reference/templates.md'), 'utf8');
const examples = [...page.matchAll(/^```json\n([\s\S]*?)^```/gm)].map(([, text = '']) => text);

it.each(examples.map((text, index) => [index + 1, text] as const))('example %i can be generated', async (_, text) => {
  const parsed = parseTemplateText(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  const plan = await compileTemplate(parsed.value, { seed: 'demo' });
  if (!plan.ok) throw new Error(JSON.stringify(plan.diagnostics));
  expect(generateRows(plan.value, 0, 3)).toHaveLength(3);
});

it('tells each limit as it is', () => {
  const told = [...page.matchAll(/^\| [a-z ]+\| (\d+)( MiB)? *\|$/gm)].map(
    ([, number, mebi]) => Number(number) * (mebi === undefined ? 1 : 2 ** 20),
  );
  expect(told).toEqual([
    limits.MAX_FIELDS,
    limits.MAX_FIELDS_IN_ALL,
    limits.MAX_NESTING,
    limits.MAX_NAME_LENGTH,
    limits.MAX_SEED_LENGTH,
    limits.MAX_TEMPLATE_BYTES,
    limits.MAX_RESOURCE_BYTES,
    limits.MAX_ROW_BYTES,
    limits.MAX_ROWS,
  ]);
});

it('lists every code of a diagnostic that a template gets, and no other', () => {
  const folders = ['engine/src/{template,compile,format,types,negative,responses}', 'server/src/services/responses'];
  const sources = folders
    .flatMap((folder) => globSync(`packages/${folder}/**/*.ts`, { cwd: root }))
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(root, file), 'utf8'));
  const given = sources.flatMap((source) => [...source.matchAll(/\bcode: '([a-z_0-9]+)'/g)].map(([, code]) => code));
  const listed = [...page.matchAll(/^\| `([a-z_0-9]+)` +\|/gm)].map(([, code]) => code);
  const diagnostics = listed.slice(listed.indexOf('invalid_json'));
  expect(new Set(diagnostics)).toEqual(new Set(given));
});
