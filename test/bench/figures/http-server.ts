/** The server in a process of its own, as `npm start` runs it: data directory, key, perhaps a database and a network of targets from the arguments, then its address. */
import { readModelSettings, readSettings, startServer } from '@datamaker/server';

const [dataDirectory = '', apiKey = '', databaseUrl = '', privateTarget] = process.argv.slice(2);
const model = readModelSettings(process.env);
const { runs } = readSettings(process.env);
const server = await startServer({
  dataDirectory,
  apiKey,
  port: 0,
  // They take minutes to install: scripts here name what they need.
  environments: { preinstalled: false },
  ...(model === undefined ? {} : { model }),
  ...(runs === undefined ? {} : { runs }),
  ...(databaseUrl === '' ? {} : { databaseUrl }),
  ...(privateTarget === undefined ? {} : { privateTargets: [privateTarget] }),
});
process.once('SIGTERM', () => server.close().then(() => process.exit(0)));
console.log(server.url);
