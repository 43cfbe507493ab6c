import { ConnectionDoor } from '../services/connections/connection-door.ts';
import { PushStage } from '../services/pushes/push-stage.ts';
import { startServer } from '../start-server.ts';
import { quietly } from './servers.ts';

/**
 * A server as a process of its own that is killed in the middle of a push or a statement:
 * `mortal-push-process.ts <data directory> <database> <key> <point> <nth>`, where the point is one of `sent` (rows have left, and
 * nothing is told yet), `noted` (the system is about to be told to keep them), `kept` (it has kept them, and nobody has counted
 * them), `stated` (a statement is about to leave) and `executed` (it has been carried out, and nobody has its answer).
 */
const [dataDirectory = '', databaseUrl = '', apiKey = '', point, nth] = process.argv.slice(2);

let passed = 0;
const dieAt = (here: string): void => {
  if (here === point && ++passed === Number(nth)) process.kill(process.pid, 'SIGKILL');
};

const commits = PushStage.prototype.commits;
PushStage.prototype.commits = function () {
  commits.call(this);
  dieAt('noted');
};
const use = ConnectionDoor.prototype.use;
ConnectionDoor.prototype.use = function (connection, options, run) {
  return use.call(this, connection, options, (session, ...more) => {
    const { execute, insert, transaction } = session;
    session.execute = async (...all) => {
      dieAt('stated');
      const rows = await execute?.apply(session, all);
      dieAt('executed');
      return rows ?? [];
    };
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
  quietly({ dataDirectory, databaseUrl, apiKey, privateTargets: ['127.0.0.1'], runs: { workers: 1 } }),
);
process.once('SIGTERM', () => server.close());
console.log(JSON.stringify({ url: server.url }));
