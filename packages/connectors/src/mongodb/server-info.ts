import type { Db } from 'mongodb';
import type { ServerInfo } from '../session.ts';
import type { Hello } from './find-server.ts';

/** What answers, and what is worth knowing of it. */
export async function serverInfo(
  db: Db,
  hello: Hello,
  { readOnly }: { readonly readOnly: boolean },
): Promise<ServerInfo> {
  const build = await db.command({ buildInfo: 1 });
  const ferret = build['ferretdbVersion'] ?? (build['ferretdb'] as { version?: string } | undefined)?.version;
  const isSet = hello.setName !== undefined || hello.msg === 'isdbgrid';
  return {
    product: ferret === undefined ? 'MongoDB' : 'FerretDB',
    version: ferret === undefined ? String(build['version']) : `${ferret} (as MongoDB ${build['version']})`,
    notes: [
      isSet
        ? `${hello.msg === 'isdbgrid' ? 'a sharded cluster' : `the replica set ${hello.setName}`}: what most of its servers have written is kept`
        : 'no replica set, so there are no transactions: what is written is kept row by row, up to the first that is refused',
      ...(readOnly ? ['MongoDB has no connections for reading only: writing is refused here, not by the server'] : []),
    ],
  };
}

/** Whether the database is there: something is in it, or the server lists it. */
export async function seesDatabase(db: Db): Promise<boolean> {
  const collections = await db.listCollections({}, { nameOnly: true }).toArray();
  if (collections.length > 0) return true;
  const { databases } = await db
    .admin()
    .listDatabases({ nameOnly: true })
    .catch(() => ({ databases: [] }));
  return databases.some(({ name }) => name === db.databaseName);
}
