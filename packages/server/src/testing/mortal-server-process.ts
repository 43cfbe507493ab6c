import { RequestClaims } from '../services/repeats/request-claims.ts';
import { startServer } from '../start-server.ts';
import { quietly } from './servers.ts';

/**
 * A server as a process of its own that is killed in the middle of a request:
 * `mortal-server-process.ts <data directory> <database> <claimed|done|kept>`. Says where it is in one line of JSON.
 */
const [dataDirectory = '', databaseUrl = '', point] = process.argv.slice(2);

const begin = RequestClaims.prototype.begin;
const dieAt = (here: string): void => {
  if (here === point) process.kill(process.pid, 'SIGKILL');
};
RequestClaims.prototype.begin = async function (name) {
  const claim = await begin.call(this, name);
  if (!('keep' in claim)) return claim;
  dieAt('claimed');
  return {
    ...claim,
    keep: async (answer) => {
      dieAt('done');
      await claim.keep(answer);
      dieAt('kept');
    },
  };
};

const server = await startServer(quietly({ dataDirectory, databaseUrl }));
console.log(JSON.stringify({ url: server.url }));
