import type { Session, Table } from '@datamaker/connectors';
import { expect, it } from 'vitest';
import { readPresent } from './read-present.ts';

it('says which keys it does not look through', async () => {
  const column = (name: string, kind: string) => ({ name, kind, dimensions: 0 });
  const table = {
    columns: [column('code', 'text'), column('day', 'date'), column('n', 'integer'), column('note', 'text')],
    primaryKey: { name: 'pk', columns: ['code', 'n'] },
    uniqueKeys: [{ name: 'u', columns: ['day'] }],
  } as unknown as Table;
  const session = {
    count: async () => 1_000_001,
    greatest: async () => 7,
    read: () => expect.unreachable('nothing is read'),
  } as unknown as Session;
  const unread: string[] = [];
  const present = await readPresent(session, table, new Set(), (name, message) => unread.push(`${name}: ${message}`));
  expect(unread).toEqual([
    'code: its 1000001 values are not looked through: a new one that is there already would be refused',
    expect.stringContaining('day: '),
  ]);
  expect([...present.greatest]).toEqual([['n', 7n]]);
});
