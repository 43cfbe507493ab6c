import { Dialer, loadConnector, OutboundPolicy, type Row, type Rows } from '@datamaker/connectors';
import mysql from 'mysql2/promise';
import { type MariaDbServer, startMariaDb } from '../../../packages/connectors/src/testing/start-mariadb.ts';
import { median } from '../statistics.ts';
import { atLeast, percent } from '../targets.ts';
import { count, ratio, textTable } from '../text-table.ts';
import type { Figure } from './figure.ts';

const TABLE = { schema: 'shop', name: 'customer' };
const DDL = `CREATE TABLE customer (
  id bigint, uuid uuid, first_name text, last_name text, email text, phone text, street_address text, city text, country_code char(2),
  postcode text, birth_date date, signup_at datetime(3), balance decimal(14, 2), is_active boolean, status text, credit_card text,
  iban text, note text)`;

/** Rows into MariaDB: beside the driver alone with the same rows, a thousand in a statement, in turns and with an empty table. */
export async function insertsIntoMariaDb(made: readonly Rows[], rounds: number): Promise<Figure> {
  const server = await startMariaDb();
  try {
    await server.query(DDL);
    const rows = made.reduce((sum, batch) => sum + batch.length, 0);
    const tuples = made.map((batch) => batch.map(tupleOf));
    const ways = {
      'the driver alone': () => byDriver(server, tuples),
      'insert of rows': () => byConnector(server, made),
    };
    const seconds = new Map<string, number[]>();
    for (let round = 0; round < rounds; round++) {
      for (const [name, way] of Object.entries(ways)) {
        await server.query('TRUNCATE customer');
        seconds.set(name, [...(seconds.get(name) ?? []), await way()]);
        const [found] = await server.query<{ n: number }>('SELECT count(*) AS n FROM customer');
        if (Number(found?.n) !== rows) throw new Error(`the table has ${found?.n} rows, not ${rows}`);
      }
    }
    const beside = seconds.get('the driver alone') ?? [];
    const table = Array.from(seconds, ([name, all]) => ({
      name,
      rate: rows / median(all),
      times: median(all.map((one, i) => (beside[i] ?? Number.NaN) / one)),
    }));
    return {
      text: textTable(
        ['MariaDB, 18 columns', 'rows/s', 'x driver'],
        table.map(({ name, rate, times }) => [name, count(rate), ratio(times)]),
      ),
      data: { ways: table },
      targets: [
        atLeast('MariaDB: insert of rows, beside the driver alone', 0.8, table[1]?.times ?? Number.NaN, percent),
      ],
    };
  } finally {
    await server.stop();
  }
}

/** A row as the driver takes it: the server reads no zone in a text. */
const tupleOf = (row: Row): unknown[] => Object.values({ ...row, signup_at: String(row.signup_at).replace('Z', '') });

async function byDriver(server: MariaDbServer, tuples: readonly unknown[][][]): Promise<number> {
  const { host, port, user, password, database } = server;
  const connection = await mysql.createConnection({ host, port, user, password, database, charset: 'utf8mb4' });
  const start = performance.now();
  for (const batch of tuples) await connection.query('INSERT INTO customer VALUES ?', [batch]);
  const seconds = (performance.now() - start) / 1000;
  await connection.end();
  return seconds;
}

async function byConnector(server: MariaDbServer, made: readonly Rows[]): Promise<number> {
  const connector = await loadConnector('mysql');
  const auth = { type: 'basic', username: server.user, password: server.password };
  const { config, secrets } = connector.parse({ url: `mysql://127.0.0.1:${server.port}/shop`, auth });
  const dialer = new Dialer(new OutboundPolicy(['127.0.0.0/8']));
  const session = await connector.open(config, { dialer, secrets, readOnly: false });
  const start = performance.now();
  await session.insert(TABLE, made);
  const seconds = (performance.now() - start) / 1000;
  await session.close();
  return seconds;
}
