/** The server in a process of its own, as `npm start` runs it: data directory, key and perhaps a database from the arguments, then its address. */
import { startServer } from '@datamaker/server';

const [dataDirectory = '', apiKey = '', databaseUrl] = process.argv.slice(2);
const server = await startServer({
  dataDirectory,
  apiKey,
  port: 0,
  ...(databaseUrl === undefined ? {} : { databaseUrl }),
});
process.once('SIGTERM', () => server.close().then(() => process.exit(0)));
console.log(server.url);
