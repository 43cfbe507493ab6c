import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from './commands/index.ts';
import { shell, temporaryFolder, writeTemplate } from './testing/run-datamaker.ts';

const pathOf = (page: string): string => fileURLToPath(new URL(`../../../docs/${page}`, import.meta.url));
const PAGE = pathOf('reference/cli.md');

/** The template of the page's example of an error. */
const CUSTOMER = `{
  "fields": [
    { "name": "id", "type": "sequence" },
    { "name": "email", "type": "emial" },
    { "name": "age", "type": "number", "options": { "min": 100, "max": 18 } }
  ]
}
`;

/** Replaces what stands below each `$ command` of the page by what the command prints. */
async function rewritten(page: string, template: string, name: string): Promise<string> {
  const folder = temporaryFolder();
  writeTemplate(folder, template, name);
  const parts = page.split(/(?<=^```console\n\$ )(.*)\n([\s\S]*?)(?=^```$)/m);
  for (let index = 1; index < parts.length; index += 3) {
    const { stdout, stderr } = await shell(`cd ${folder}; ${parts[index]}`);
    parts[index + 1] = `\n${stdout}${stderr}`;
  }
  return parts.join('');
}

describe('docs/reference/cli.md', () => {
  it('shows what the program prints (run with DATAMAKER_UPDATE_DOCS=1 to write it anew)', async () => {
    const page = readFileSync(PAGE, 'utf8');
    const now = await rewritten(page, CUSTOMER, 'customer.json');
    if (process.env.DATAMAKER_UPDATE_DOCS === '1') writeFileSync(PAGE, now);
    else expect(page).toBe(now);
  });

  it('shows the help of every command', () => {
    const page = readFileSync(PAGE, 'utf8');
    for (const { name } of COMMANDS) expect(page).toContain(`$ datamaker ${name} --help\n`);
  });
});

describe('docs/how-to/make-wrong-rows.md', () => {
  it('shows what the program prints (run with DATAMAKER_UPDATE_DOCS=1 to write it anew)', async () => {
    const path = pathOf('how-to/make-wrong-rows.md');
    const page = readFileSync(path, 'utf8');
    const template = /^```json\n([\s\S]*?)^```$/m.exec(page)?.[1] ?? '';
    const now = await rewritten(page, template, 'order.json');
    if (process.env.DATAMAKER_UPDATE_DOCS === '1') writeFileSync(path, now);
    else expect(page).toBe(now);
  });
});
