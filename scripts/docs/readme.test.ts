import { readFileSync } from 'node:fs';
import { compileTemplate, generateBytes, parseTemplateText } from '@datamaker/engine';
import { expect, it } from 'vitest';

const page = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

it('makes what the quick start of README.md shows', async () => {
  const [, template = ''] = /<!-- template -->[\s\S]*?<<'EOF'\n([\s\S]*?)\nEOF/.exec(page) ?? [];
  const [, shown = ''] = /<!-- output -->\n\n```csv\n([\s\S]*?)```/.exec(page) ?? [];
  const parsed = parseTemplateText(template);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  const plan = await compileTemplate(parsed.value, { seed: 'demo' });
  if (!plan.ok) throw new Error(JSON.stringify(plan.diagnostics));
  let made = '';
  for (const chunk of generateBytes(plan.value, { format: 'csv' }, 0, 5)) made += Buffer.from(chunk).toString();
  expect(shown).toBe(made);
});
