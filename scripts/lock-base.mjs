// Locks the packages that every scenario finds, with uv, for all Pythons from 3.10 on:
//   node scripts/lock-base.mjs 2026-11
// The newest is named in packages/server/src/runner/environments/base-packages.ts; files that are released are never changed.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { at } from './lib/workspace.mjs';

const [name = ''] = process.argv.slice(2);
if (!/^\d{4}-\d{2}$/.test(name)) {
  console.error('error: name it by year and month, such as 2026-11');
  process.exit(2);
}
const data = (...path) => at('packages', 'server', 'src', 'runner', 'environments', 'data', ...path);
const { requirements } = JSON.parse(readFileSync(data('base-requirements.json'), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'datamaker-base-'));
try {
  writeFileSync(join(folder, 'requirements.in'), `${requirements.join('\n')}\n`);
  const flags = ['--universal', '--python-version', '3.10', '--generate-hashes', '--only-binary', ':all:'];
  const options = { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 };
  const text = execFileSync(
    'uv',
    ['pip', 'compile', '-q', ...flags, '--no-header', '--no-annotate', 'requirements.in'],
    options,
  );
  const packages = [];
  for (const line of text.split('\n')) {
    const [, what, version, marker] = /^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)(?:\s*;\s*(.*?))?\s*\\?$/.exec(line) ?? [];
    if (what !== undefined) packages.push({ name: what, version, ...(marker ? { marker } : {}), hashes: [] });
    const hash = /--hash=sha256:([0-9a-f]{64})/.exec(line)?.[1];
    if (hash !== undefined) packages.at(-1).hashes.push(hash);
  }
  writeFileSync(data('bases', `${name}.json`), `${JSON.stringify({ requirements, packages }, null, 2)}\n`);
  console.log(`${packages.length} packages`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
