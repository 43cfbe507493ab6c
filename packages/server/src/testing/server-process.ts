import { startServer } from '../start-server.ts';
import { quietly } from './servers.ts';

/**
 * A server as a process of its own, to be killed: `server-process.ts <data directory> [<database>] [<log level>]
 * [<token of metrics>] [<key>]`. Says where it is in one line of JSON.
 */
const [dataDirectory = '', databaseUrl, logLevel = 'fatal', metricsToken, apiKey] = process.argv.slice(2);
const server = await startServer(
  quietly({
    dataDirectory,
    logLevel,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(metricsToken === undefined || metricsToken === '' ? {} : { metricsToken }),
    ...(apiKey === undefined ? {} : { apiKey }),
  }),
);
process.once('SIGTERM', () => server.close());
console.log(JSON.stringify({ url: server.url, newKey: server.newKey }));
