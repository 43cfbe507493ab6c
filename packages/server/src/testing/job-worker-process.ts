import { startWorker } from '../start-worker.ts';

/**
 * A worker that makes parts of jobs, as a process of its own, to be killed: `job-worker-process.ts <data directory> <database> [<parts at a time>]
 * [<version of its engine>]`. Says where its health is in one line of JSON.
 */
const [dataDirectory = '', databaseUrl = '', atOnce = '1', engineVersion = ''] = process.argv.slice(2);
const worker = await startWorker({
  dataDirectory,
  databaseUrl,
  environments: { preinstalled: false },
  runs: { workers: 0, scenarioWorkers: 0, jobWorkers: Number(atOnce) },
  health: { host: '127.0.0.1', port: 0 },
  ...(engineVersion === '' ? {} : { engineVersion }),
});
process.once('SIGTERM', () => worker.close());
console.log(JSON.stringify({ url: worker.healthUrl }));
