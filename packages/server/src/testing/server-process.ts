import { startServer } from '../start-server.ts';
import { quietly } from './servers.ts';

/** A server as a process of its own, to be killed: `server-process.ts <data directory>`. Says where it is in one line of JSON. */
const server = await startServer(quietly({ dataDirectory: process.argv[2] as string }));
process.once('SIGTERM', () => server.close());
console.log(JSON.stringify({ url: server.url, newKey: server.newKey }));
