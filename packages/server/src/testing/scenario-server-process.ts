import { startServer } from '../start-server.ts';
import { PlainSandbox } from './plain-sandbox.ts';
import { quietly } from './servers.ts';

/**
 * A server as a process of its own that executes scenarios, to be killed: `scenario-server-process.ts <data directory> <database> <key>`.
 * Says where it is in one line of JSON.
 */
const [dataDirectory = '', databaseUrl = '', apiKey = ''] = process.argv.slice(2);
const runs = { scenarioWorkers: 8 };
const server = await startServer(
  quietly({
    dataDirectory,
    apiKey,
    runs,
    sandbox: new PlainSandbox(),
    ...(databaseUrl === '' ? {} : { databaseUrl }),
  }),
);
process.once('SIGTERM', () => server.close());
console.log(JSON.stringify({ url: server.url }));
