import { ConnectionDoor } from '../services/connections/connection-door.ts';
import { startServer } from '../start-server.ts';
import { PlainSandbox } from './plain-sandbox.ts';
import { quietly } from './servers.ts';

/**
 * A server as a process of its own that executes scenarios and is killed when a system has taken rows:
 * `mortal-scenario-process.ts <data directory> <database> <key> <point> <nth>`, where the point is `sent` (rows have left, and may be
 * taken back) or `kept` (the system has kept them, and nobody has told).
 */
const [dataDirectory = '', databaseUrl = '', apiKey = '', point, nth] = process.argv.slice(2);

let passed = 0;
const dieAt = (here: string): void => {
  if (here === point && ++passed === Number(nth)) process.kill(process.pid, 'SIGKILL');
};

const use = ConnectionDoor.prototype.use;
ConnectionDoor.prototype.use = function (connection, options, run) {
  return use.call(this, connection, options, (session, ...more) => {
    const { insert, transaction } = session;
    session.insert = async (...all) => {
      const report = await insert.apply(session, all);
      dieAt('sent');
      return report;
    };
    session.transaction = async (work) => {
      const result = await transaction.call(session, work);
      dieAt('kept');
      return result as never;
    };
    return run(session, ...more);
  }) as never;
};

const server = await startServer(
  quietly({
    dataDirectory,
    databaseUrl,
    apiKey,
    privateTargets: ['127.0.0.1'],
    runs: { scenarioWorkers: 2 },
    sandbox: new PlainSandbox(),
  }),
);
process.once('SIGTERM', () => server.close());
console.log(JSON.stringify({ url: server.url }));
