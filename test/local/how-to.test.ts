import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PAGE = new URL('../../docs/how-to/test-fixtures.md', import.meta.url);
const NODE_MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));
const run = promisify(execFile);
const SOURCES = '--conditions=datamaker-source';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'datamaker-local-'));
  symlinkSync(NODE_MODULES, join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{"private": true, "type": "module"}');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the page on rows for tests', () => {
  const page = readFileSync(PAGE, 'utf8');
  const [, script = '', printed = ''] = /```ts\n(.*?)```\n\n```text\n(.*?)```/s.exec(page) ?? [];
  const [, fixture = ''] = /## Vitest\n.*?```ts\n(.*?)```/s.exec(page) ?? [];

  it('prints what it says (run with DATAMAKER_UPDATE_DOCS=1 to write it anew)', async () => {
    writeFileSync(join(folder, 'page.ts'), script);
    const { stdout } = await run(process.execPath, [SOURCES, 'page.ts'], { cwd: folder });
    if (process.env['DATAMAKER_UPDATE_DOCS'] === '1') {
      writeFileSync(
        PAGE,
        page.replace(`\`\`\`text\n${printed}`, () => `\`\`\`text\n${stdout}`),
      );
    } else expect(printed).toBe(stdout);
  });

  it('has a test that passes in Vitest', async () => {
    writeFileSync(join(folder, 'page.test.ts'), fixture);
    const config = `const conditions = ['datamaker-source'];
export default { resolve: { conditions }, ssr: { resolve: { conditions, externalConditions: conditions } } };\n`;
    writeFileSync(join(folder, 'vitest.config.js'), config);
    const program = join(NODE_MODULES, 'vitest/vitest.mjs');
    const { stdout } = await run(process.execPath, [program, 'run', '--root', folder], { cwd: folder });
    expect(stdout).toMatch(/1 passed/);
  });
});
