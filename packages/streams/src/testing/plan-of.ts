import { compileTemplate, type Plan, parseTemplate } from '@datamaker/engine';

export const ORDER = {
  fields: [
    { name: 'id', type: 'sequence' },
    { name: 'email', type: 'email' },
    { name: 'note', type: 'regex', options: { pattern: '[a-z", ]{0,12}' } },
  ],
};

/** A small plan, or that of a template. */
export async function planOf(template: object = ORDER): Promise<Plan> {
  const parsed = parseTemplate(template);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  const compiled = await compileTemplate(parsed.value, { seed: 'demo' });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics));
  return compiled.value;
}
