import { existsSync } from 'node:fs';
import { startWorker } from '../start-worker.ts';
import { PlainSandbox } from './plain-sandbox.ts';

/**
 * A worker as a process of its own, to be killed: `worker-process.ts <data directory> <database> [plain] [<scenarios at a time>]`. Says where its health is
 * in one line of JSON. Scenarios are executed in bubblewrap, where that is, unless `plain` is said.
 */
const [dataDirectory = '', databaseUrl = '', sandbox = '', atOnce = '8'] = process.argv.slice(2);
const isPlain = sandbox === 'plain' || !existsSync('/usr/bin/bwrap');
const worker = await startWorker({
  dataDirectory,
  databaseUrl,
  environments: { preinstalled: false },
  runs: { workers: 0, scenarioWorkers: Number(atOnce) },
  health: { host: '127.0.0.1', port: 0 },
  ...(isPlain ? { sandbox: new PlainSandbox() } : {}),
});
process.once('SIGTERM', () => worker.close());
console.log(JSON.stringify({ url: worker.healthUrl }));
