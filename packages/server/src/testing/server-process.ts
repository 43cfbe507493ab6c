import { startServer } from '../start-server.ts';
import { quietly } from './servers.ts';

/**
 * A server as a process of its own, to be killed: `server-process.ts <data directory> [<database>] [<log level>]
 * [<token of metrics>] [<key>] [<private target>]`. Says where it is in one line of JSON.
 */
const [dataDirectory = '', databaseUrl, logLevel = 'fatal', metricsToken, apiKey, privateTarget] =
  process.argv.slice(2);
const server = await startServer(
  quietly({
    dataDirectory,
    logLevel,
    // Others execute them, or nobody.
    runs: { scenarioWorkers: 0 },
    ...(databaseUrl === undefined || databaseUrl === '' ? {} : { databaseUrl }),
    ...(metricsToken === undefined || metricsToken === '' ? {} : { metricsToken }),
    ...(apiKey === undefined || apiKey === '' ? {} : { apiKey }),
    ...(privateTarget === undefined ? {} : { privateTargets: [privateTarget] }),
  }),
);
process.once('SIGTERM', () => server.close());
console.log(JSON.stringify({ url: server.url, newKey: server.newKey }));
