/** A worker that makes one part of jobs at a time, in a process of its own: data directory and database from the arguments. */
import { startWorker } from '@datamaker/server/worker';

const [dataDirectory = '', databaseUrl = ''] = process.argv.slice(2);
const worker = await startWorker({
  dataDirectory,
  databaseUrl,
  environments: { preinstalled: false },
  runs: { workers: 0, scenarioWorkers: 0, jobWorkers: 1 },
});
process.once('SIGTERM', () => worker.close().then(() => process.exit(0)));
console.log('ready');
