import { connectorContract } from '../testing/contract/contract.ts';
import type { ContractServer } from '../testing/contract/subject.ts';
import { startFaultProxy } from '../testing/fault-proxy.ts';
import { startFerret } from '../testing/start-ferretdb.ts';
import { mongodb } from './connector.ts';

/** FerretDB breaks no connections by itself, so sessions go through something that does. */
async function start(): Promise<ContractServer> {
  const { db, host, password, user, database, ...server } = await startFerret();
  let proxy = await startFaultProxy({ host, port: server.port });
  return {
    host,
    get port() {
      return proxy.port;
    },
    password,
    input: (change = {}) => {
      const said = { host, port: proxy.port, password, database, ...change };
      const secret = encodeURIComponent(said.password);
      return { url: `mongodb://${user}:${secret}@${said.host}:${said.port}/${said.database}?authSource=${database}` };
    },
    createTable: async ({ name, primaryKey = [], unique = [] }) => {
      const collection = await db.createCollection(name);
      for (const key of [primaryKey, ...unique]) {
        if (key.length === 0 || key.includes('_id')) continue;
        await collection.createIndex(new Map(key.map((field) => [field, 1])), { unique: true });
      }
      return { schema: '', name };
    },
    count: ({ name }) => db.collection(name).countDocuments(),
    breakSessions: async () => {
      const last = proxy;
      proxy = await startFaultProxy({ host, port: server.port });
      await last.stop();
    },
    stop: async () => {
      await proxy.stop();
      await server.stop();
    },
  };
}

connectorContract({
  connector: mongodb,
  start,
  cannot: {
    transactions: 'they are of replica sets only, so nobody may count on them',
    copy: 'documents are no lines',
    known_columns: 'a document may have any fields',
  },
  limits: {
    ownKey: '_id',
    keepsEachRow: true,
    breaks: 10,
    // Lists in lists, which MongoDB takes and FerretDB does not.
    withoutValues: ['json.list'],
    // MongoDB keeps it; FerretDB's PostgreSQL does not.
    keepsNul: true,
    // No dot and no $ in names is MongoDB's; the rest is FerretDB's.
    refusedInNames: /[.$"\\\n]|^ /,
    commit: Buffer.from('\x02insert\0'),
  },
});
