// npm run sbom [-- --out file]: what is shipped, as CycloneDX JSON; to the standard output unless a file is named.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { root } from './lib/workspace.mjs';
import { billOfMaterials } from './supply/bill-of-materials.mjs';
import { readSupply } from './supply/read-supply.mjs';

const { values } = parseArgs({ options: { out: { type: 'string' } } });
const { lock, version, python } = readSupply(root);
const text = `${JSON.stringify(billOfMaterials(lock, version, python), undefined, 2)}\n`;
if (values.out === undefined) process.stdout.write(text);
else writeFileSync(values.out, text);
