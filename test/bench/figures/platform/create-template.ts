import { readFileSync } from 'node:fs';
import { templateFile } from '../../contenders/contenders.ts';

/** Makes a template of the 18 columns of the comparison. @returns its id */
export async function createTemplate(url: string, key: string, name: string): Promise<string> {
  const response = await fetch(`${url}/templates`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...(JSON.parse(readFileSync(templateFile, 'utf8')) as object), name }),
  });
  if (response.status !== 201) throw new Error(`the template was not created: ${await response.text()}`);
  return ((await response.json()) as { id: string }).id;
}
