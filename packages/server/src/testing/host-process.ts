import { startServer } from '../start-server.ts';
import { startWorker } from '../start-worker.ts';
import { quietly } from './servers.ts';

/**
 * A server or a worker as a process of its own, on a host of its own: `host-process.ts server|worker <options as JSON>`. Says where it is, or where
 * its health is, in one line of JSON. What a worker logs stands on stderr.
 */
const [kind, options = '{}'] = process.argv.slice(2);
if (kind === 'server') {
  const server = await startServer(quietly({ host: '0.0.0.0', ...JSON.parse(options) }));
  process.once('SIGTERM', () => server.close());
  console.log(JSON.stringify({ url: server.url, newKey: server.newKey }));
} else {
  const health = { host: '127.0.0.1', port: 0 };
  const worker = await startWorker({ environments: { preinstalled: false }, health, ...JSON.parse(options) });
  process.once('SIGTERM', () => worker.close());
  console.log(JSON.stringify({ url: worker.healthUrl }));
}
