import { afterAll, afterEach, beforeAll } from 'vitest';
import type { ConnectionError, ConnectionProblem } from '../../connection-error.ts';
import type { ConnectionInput, OpenOptions } from '../../connector.ts';
import { Dialer } from '../../dial/dialer.ts';
import { OutboundPolicy } from '../../dial/outbound-policy.ts';
import type { TableName } from '../../schema/schema.ts';
import type { InsertReport, ReadQuery, Session } from '../../session.ts';
import type { Row } from '../../value.ts';
import type { Part } from './parts.ts';
import type { ContractServer, ContractSubject, ContractTable } from './subject.ts';

/** What the tests of the contract work with. */
export interface Workbench {
  readonly subject: ContractSubject;
  readonly server: ContractServer;
  /** Whether a part of the contract is for this system. */
  can(part: Part): boolean;
  /** A session, closed when the test is over. */
  open(options?: Partial<OpenOptions> & { readonly input?: ConnectionInput }): Promise<Session>;
  /** Makes a table; its name gets a number where it is not to be kept. */
  table(table: Omit<ContractTable, 'name'> & { readonly name?: string }): Promise<TableName>;
}

/** To be called in `describe`: the server is started before its tests and stopped after them. */
export function workbenchOf(subject: ContractSubject): Workbench {
  let server: ContractServer | undefined;
  const open = new Set<Session>();
  const columns = new Map<string, readonly string[]>();
  const { ownKey } = subject.limits ?? {};
  let tables = 0;
  const running = (): ContractServer => {
    if (server === undefined) throw new Error('the server does not run yet');
    return server;
  };
  beforeAll(async () => {
    server = await subject.start();
  }, 600_000);
  afterEach(async () => {
    await Promise.all(Array.from(open, (session) => session.close().catch(() => undefined)));
    open.clear();
  });
  afterAll(() => server?.stop());
  return {
    subject,
    get server() {
      return running();
    },
    can: (part) => subject.cannot?.[part] === undefined,
    open: async ({ input = running().input(), ...options } = {}) => {
      const { config, secrets } = subject.connector.parse(input);
      const dialer = new Dialer(new OutboundPolicy(['127.0.0.0/8']));
      const session = await subject.connector.open(config, { dialer, secrets, readOnly: false, ...options });
      open.add(session);
      if (subject.cannot?.order !== undefined) putInOrder(session);
      return ownKey === undefined ? session : namingColumns(session, columns);
    },
    table: async (table) => {
      const made = await running().createTable({ name: `t${++tables}`, ...table });
      columns.set(
        made.name,
        table.columns.map(({ name }) => name),
      );
      return made;
    },
  };
}

/** A session that reads the columns that a table was made with, where none are named: the system has one more. */
function namingColumns(session: Session, columns: ReadonlyMap<string, readonly string[]>): Session {
  const read = session.read.bind(session);
  session.read = (query) => read({ ...query, columns: query.columns ?? columns.get(query.table.name) });
  return session;
}

/** A session that reads all rows before it puts them in order, where the system does not do so. */
function putInOrder(session: Session): void {
  const read = session.read.bind(session);
  session.read = async function* ({ orderBy = [], ...query }) {
    if (orderBy.length === 0) return yield* read(query);
    const all: Row[] = [];
    for await (const rows of read(query)) all.push(...rows);
    const [first = ''] = orderBy;
    yield all.sort((one, other) => Number(one[first]) - Number(other[first]));
  };
}

/** All rows of a query. */
export async function allOf(session: Session, query: ReadQuery): Promise<Row[]> {
  const all: Row[] = [];
  for await (const rows of session.read(query)) all.push(...rows);
  return all;
}

/** What goes wrong. */
export async function errorOf(work: Promise<unknown>): Promise<ConnectionError> {
  try {
    await work;
  } catch (error) {
    return error as ConnectionError;
  }
  throw new Error('nothing went wrong');
}

/** What a system says of a row that it refuses. */
export interface Refusal {
  readonly problem: ConnectionProblem | 'row';
  /** Rows that were kept all the same. */
  readonly written: number | undefined;
  readonly text: string;
}

/** An error; or failures in the report, where each row has an outcome of its own. */
export async function refusalOf(work: Promise<InsertReport>): Promise<Refusal> {
  const report = await work.catch((error: ConnectionError) => error);
  if (report instanceof Error) {
    const { problem, written } = report;
    return { problem, written, text: allTextOf(report) };
  }
  if (report.failed !== 1) throw new Error(`${report.failed} rows were refused`);
  return { problem: 'row', written: report.written, text: JSON.stringify(report.failures) };
}

/** All that an error says, and what led to it. */
export function allTextOf(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify(error) ?? String(error);
  const own = Object.getOwnPropertyNames(error).filter((name) => name !== 'cause');
  const said = own.map((name) => JSON.stringify((error as unknown as Record<string, unknown>)[name])).join('\n');
  return `${said}\n${error.cause === undefined ? '' : allTextOf(error.cause)}`;
}
