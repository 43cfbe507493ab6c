/** The server in a process of its own, as `npm start` runs it: data directory and key from the arguments, then its address. */
import { startServer } from '@datamaker/server';

const [dataDirectory = '', apiKey = ''] = process.argv.slice(2);
const server = await startServer({ dataDirectory, apiKey, port: 0 });
process.once('SIGTERM', () => server.close().then(() => process.exit(0)));
console.log(server.url);
