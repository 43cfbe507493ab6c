import type { ForeignKey, Session, Table, TableName } from '@datamaker/connectors';

type Used = Pick<Session, 'introspect' | 'count' | 'read' | 'insert' | 'transaction'> &
  Partial<
    Pick<
      Session,
      'advance' | 'checkKeys' | 'deferKeys' | 'empty' | 'greatest' | 'home' | 'identity' | 'lateKeys' | 'orphans'
    >
  >;

/** What copying with masks asks of a destination. */
export type Destination = Used;

/**
 * A session in which the database is called as another one: where schemas are databases, a copy has another name, and tables are told
 * apart with it.
 * @param name undefined: schemas are in databases, and are called alike in both
 */
export function asCalled(session: Session, name: string | undefined): Destination {
  const { home } = session;
  if (home === undefined || name === undefined || home === name) return session;
  const there = <T extends TableName>(table: T): T => (table.schema === name ? { ...table, schema: home } : table);
  const here = <T extends TableName>(table: T): T => (table.schema === home ? { ...table, schema: name } : table);
  const keyThere = (key: ForeignKey): ForeignKey => ({ ...key, to: there(key.to) });
  const tableHere = (table: Table): Table => ({
    ...here(table),
    foreignKeys: table.foreignKeys.map((key) => ({ ...key, to: here(key.to) })),
  });
  const { advance, checkKeys, deferKeys, empty, greatest, identity, lateKeys, orphans } = session;
  return {
    home: name,
    ...(lateKeys === undefined ? {} : { lateKeys }),
    introspect: async () => {
      const { tables, notices } = await session.introspect();
      return { tables: tables.map(tableHere), notices };
    },
    count: (table) => session.count(there(table)),
    read: (query) => session.read({ ...query, table: there(query.table) }),
    insert: (table, rows, options) => session.insert(there(table), rows, options),
    transaction: (run) => session.transaction(run),
    ...(checkKeys === undefined ? {} : { checkKeys: () => checkKeys.call(session) }),
    ...(identity === undefined ? {} : { identity: () => identity.call(session) }),
    ...(advance === undefined
      ? {}
      : { advance: (table, column, last) => advance.call(session, there(table), column, last) }),
    ...(greatest === undefined ? {} : { greatest: (table, column) => greatest.call(session, there(table), column) }),
    ...(empty === undefined ? {} : { empty: (tables) => empty.call(session, tables.map(there)) }),
    ...(orphans === undefined ? {} : { orphans: (table, key) => orphans.call(session, there(table), keyThere(key)) }),
    ...(deferKeys === undefined
      ? {}
      : {
          deferKeys: (tables, also = []) =>
            deferKeys.call(
              session,
              tables.map(there),
              also.map((key) => ({ ...key, table: there(key.table) })),
            ),
        }),
  };
}
