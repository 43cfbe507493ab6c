// npm run licences: whether all that is shipped may be. One line for each package that may not.
import { root } from './lib/workspace.mjs';
import { checkLicences } from './supply/check-licences.mjs';
import { readSupply } from './supply/read-supply.mjs';
import { shippedPackages } from './supply/shipped-packages.mjs';

const packages = shippedPackages(readSupply(root).lock);
const lines = [
  ...(packages.length === 0 ? ['No package was found: the check has lost its way through the lockfile.'] : []),
  ...checkLicences(packages),
];
for (const line of lines) console.error(line);
if (lines.length === 0) console.log(`${packages.length} packages are shipped, all under licences that are allowed.`);
process.exit(lines.length === 0 ? 0 : 1);
