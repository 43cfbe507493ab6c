import type { Session } from '@datamaker/connectors';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SeedServer, SYSTEMS } from '../testing/systems.ts';
import { scanRows } from './scan-rows.ts';

/** Type of a column, what it is given, and what it is changed to. */
type Case = readonly [type: string, given: unknown, edit: string];

const BOTH: readonly Case[] = [
  ['time', '13:05:00', `'13:05:01'`],
  ['time(3)', '13:05:00.123', `'13:05:00.124'`],
  ['time(6)', '13:05:00.123456', `'13:05:00.123457'`],
  ['timestamp(6)', '2026-03-04T13:05:00.123456', `'2026-03-04 13:05:00.123457'`],
  ['timestamp(3)', '2026-03-04T13:05:00.123', `'2026-03-04 13:05:00.124'`],
  ['timestamp(0)', '2026-03-04T13:05:00', `'2026-03-04 13:05:01'`],
];
const CASES: Readonly<Record<SeedServer['type'], readonly Case[]>> = {
  postgres: [
    ...BOTH,
    ['time(0)', '13:05:00.4', `'13:05:01'`],
    ['timetz', '13:05:00+02', `'13:05:00+03'`],
    ['timestamptz', '2026-03-04T13:05:00.1234567Z', `'2026-03-04 13:05:00.123458Z'`],
    ['timestamptz(0)', '2026-03-04T13:05:00.5+02:00', `'2026-03-04 11:05:02Z'`],
    ['timestamp(0)', '2026-03-04T13:05:00.9', `'2026-03-04 13:05:00'`],
    ['timestamp', '0099-03-04T13:05:00', `'1999-03-04 13:05:00'`],
    ['timestamp', 'infinity', `'2026-03-04 13:05:00'`],
    ['interval', 'P1Y2M3DT4H5M6.5S', `'1 year 2 mons 3 days 04:05:06.500001'`],
    ['interval', 'PT36H', `'1 day 12 hours'`],
    ['interval', '-3 days +04:00:00', `'-3 days +04:00:01'`],
    ['interval', 'P-1DT-0.25S', `'P-1DT0.25S'`],
    ['interval(0)', 'PT1.6S', `'PT1S'`],
    ['interval[]', ['P1D', null], `'{PT24H,NULL}'`],
    ['int[]', [1, null, 3], `'{1,NULL,4}'`],
    ['int[]', '{}', `'{1}'`],
    ['int8[]', [1, 2n ** 60n], `'{1,2}'`],
    ['int[]', [1, 2], `'{2,1}'`],
    [
      'int[][]',
      [
        [1, 2],
        [3, 4],
      ],
      `'{{1,2},{3,5}}'`,
    ],
    ['text[]', ['a,"b', 'null', ''], `'{a,null}'`],
    ['text[]', '{a, "b c"}', `'{a,b}'`],
    ['char(4)[]', ['a'], `'{b}'`],
    ['boolean[]', '{t,f}', `'{t,t}'`],
    ['numeric(6,2)[]', ['1.5', 2], `'{1.50,2.01}'`],
    ['bytea[]', [new Uint8Array([1, 2])], `'{"\\\\x0103"}'`],
    ['jsonb[]', [{ a: 1 }, [2]], `ARRAY['{"a": 2}', '[2]']::jsonb[]`],
    ['timestamp(3)[]', ['2026-03-04T13:05:00.123'], `'{2026-03-04 13:05:00.124}'`],
  ],
  mysql: [
    ...BOTH,
    ['time(3)', '-100:05:00.5', `'-100:05:00.501'`],
    ['datetime(0)', '2026-03-04T13:05:00.4', `'2026-03-04 13:05:01'`],
    ['datetime(3)', '2026-03-04T13:05:00.9999', `'2026-03-04 13:05:01.001'`],
  ],
};

describe.each(SYSTEMS)('what a column of %s holds', (_, start) => {
  let server: SeedServer;
  let session: Session;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server?.stop());
  beforeEach(async () => {
    const columns = CASES[server.type].map(([type], i) => `c${i} ${type} NULL`);
    await server.remake(`CREATE TABLE held (id int PRIMARY KEY, ${columns.join(', ')})`);
    session = await server.open();
  });
  afterEach(() => session.close());

  it('is what it was given, until it is changed by the least that it tells apart', async () => {
    const cases = CASES[server.type];
    const name = { schema: server.schema, name: 'held' };
    const given = { id: 1, ...Object.fromEntries(cases.map(([, value], i) => [`c${i}`, value])) } as never;
    await session.insert(name, [[given]]);
    const table = await session.describe(name);
    const columns = table.columns.map((column) => column.name);
    const made = { table: { table: name, columns, identity: ['id'], uncompared: [], later: [] }, rows: () => [given] };
    const edited = async (): Promise<readonly string[]> =>
      (await scanRows(session, table, made, 1, 1)).edited.get(0) ?? [];
    const shown = (names: readonly string[]) => names.map((one) => cases[Number(one.slice(1))]);
    expect(shown(await edited())).toEqual([]);
    await server.query(`UPDATE held SET ${cases.map(([, , edit], i) => `c${i} = ${edit}`).join(', ')}`);
    expect(shown(await edited())).toEqual(cases);
  });
});
