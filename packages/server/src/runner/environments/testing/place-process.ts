import { readFileSync } from 'node:fs';
import type { EnvironmentLock } from '../environment-lock.ts';
import type { EnvironmentSettings } from '../environment-settings.ts';
import { Environments } from '../environments.ts';

/**
 * A process that makes an environment: `place-process.ts <root> <settings> <file of a lock>`. Says when it begins, waits for a line, and says
 * where the environment is.
 */
const [root = '', settings = '{}', file = ''] = process.argv.slice(2);
const environments = await Environments.open(root, JSON.parse(settings) as EnvironmentSettings);
const lock = JSON.parse(readFileSync(file, 'utf8')) as EnvironmentLock;
console.log('ready');
await new Promise((resolve) => process.stdin.once('data', resolve));
const placed = await environments.place({ requirements: [], requiresPython: null }, lock, 'python3');
console.log(placed?.mounts[0]?.source);
await placed?.release();
process.exit(0);
