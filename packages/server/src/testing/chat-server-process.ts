import { startServer } from '../start-server.ts';
import { talkingTo } from './chats.ts';
import { quietly } from './servers.ts';

/**
 * A server as a process of its own that talks to a model, to be killed: `chat-server-process.ts <data directory> <database> <key> <URL of
 * the model> <port of the target>`. Says where it is in one line of JSON.
 */
const [dataDirectory = '', databaseUrl = '', apiKey = '', url = '', port = ''] = process.argv.slice(2);
const runs = { scenarioWorkers: 0 };
const settings = { dataDirectory, databaseUrl, apiKey, runs, privateTargets: [`127.0.0.1:${port}`] };
const server = await startServer(quietly({ ...settings, ...talkingTo({ url }) }));
process.once('SIGTERM', () => server.close());
console.log(JSON.stringify({ url: server.url }));
