// Prints the Debian packages that the tests need and this machine lacks, for .ci/run to install.
import { missingPackages } from './lib/system-packages.mjs';

console.log(missingPackages().join(' '));
