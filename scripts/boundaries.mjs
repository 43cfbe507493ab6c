// Checks which way imports point (rules.mjs says which) and that the lockfile names no host. One line for each violation.
import { readFileSync } from 'node:fs';
import { findCycles, findHosts, findViolations } from './boundaries/find-violations.mjs';
import { readImports } from './boundaries/read-imports.mjs';
import { rules } from './boundaries/rules.mjs';
import { at, root } from './lib/workspace.mjs';

const imports = readImports(root);
const lines = [
  ...(imports.length === 0 ? ['No import was found: the check has lost its way to the sources.'] : []),
  ...findViolations(imports, rules),
  ...findCycles(imports),
  ...findHosts(readFileSync(at('package-lock.json'), 'utf8')),
];
for (const line of lines) console.error(line);
if (lines.length === 0) console.log(`${imports.length} imports keep ${rules.length} rules.`);
process.exit(lines.length === 0 ? 0 : 1);
