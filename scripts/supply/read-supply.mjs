import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a checkout says of what is shipped. @param root of the checkout @returns `{ lock, version, python }` */
export function readSupply(root) {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const project = readFileSync(join(root, 'python', 'sdk', 'pyproject.toml'), 'utf8');
  const text = (key) => new RegExp(`^${key} = "(.*)"$`, 'm').exec(project)?.[1];
  const list = /^dependencies = \[(.*)\]$/m.exec(project)?.[1] ?? '';
  const dependencies = [...list.matchAll(/"([^"]+)"/g)].map(([, range]) => range);
  const python = { name: text('name'), version: text('version'), licence: text('license'), dependencies };
  return { lock, version: lock.packages['packages/server'].version, python };
}
