import type { ConnectionConfig, Connector, OpenOptions } from '../connector.ts';
import { mongoConfig, parseMongo } from './config.ts';
import { connectMongo } from './connect.ts';
import { MongoSession } from './session.ts';

/** MongoDB, over its own driver. */
export const mongodb: Connector = {
  type: 'mongodb',
  label: 'MongoDB',
  capabilities: {
    // Of replica sets only, so that nobody may count on them; a session with one has them all the same.
    transactions: false,
    copy: false,
    execute: false,
    upsert: true,
    deepInsert: false,
    foreignKeys: false,
    rowOutcomes: false,
  },
  parse: parseMongo,
  targets: (kept) => {
    const { hosts, srv } = mongoConfig(kept);
    // What a service is looked up as has no port, and names hosts of its own domain alone.
    return srv ? hosts.map(({ host }) => ({ host, port: undefined })) : hosts;
  },
  open: async (kept: ConnectionConfig, options: OpenOptions) => {
    const config = mongoConfig(kept);
    return new MongoSession(await connectMongo(config, options), config, options);
  },
};
