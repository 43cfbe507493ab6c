import { sql } from 'kysely';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Store } from '../open-store.ts';
import { keepBytes } from './backup-lock.ts';
import { isAboveRules, type Table, tablesOf } from './catalogue.ts';
import { literalsAsEverywhere } from './literals.ts';
import type { OneConnection } from './one-connection.ts';
import { quoted } from './quoted.ts';

/** Tables that migrations have just changed are looked up again, so often. */
const ATTEMPTS = 5;

/**
 * All tables as they were at one moment, whatever others write meanwhile (REPEATABLE READ). Who is above the rules of rows
 * reads tables whole; an ordinary owner, from whom rows are hidden as well, reads them workspace by workspace.
 */
export class Snapshot {
  readonly tables: readonly Table[];
  readonly #client: pg.Client;
  readonly #db: Store;
  /** Undefined for who sees all rows. */
  readonly #workspaces: readonly string[] | undefined;

  private constructor(
    { client, db }: OneConnection,
    tables: readonly Table[],
    workspaces: readonly string[] | undefined,
  ) {
    this.#client = client;
    this.#db = db;
    this.tables = tables;
    this.#workspaces = workspaces;
  }

  /** Runs `use` in the transaction of the snapshot. */
  static async take<T>(connection: OneConnection, use: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    const { client, db } = connection;
    await keepBytes(client);
    await literalsAsEverywhere(client);
    for (let attempt = 1; ; attempt++) {
      const tables = (await tablesOf(db)).filter(({ isFleeting }) => !isFleeting);
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      // The first query that reads takes the snapshot: what waits for a migration has to come before it.
      const names = tables.map(({ name }) => `public.${quoted(name)}`);
      if (names.length > 0) await client.query(`LOCK TABLE ${names.join(', ')} IN ACCESS SHARE MODE`);
      const now = (await tablesOf(db)).filter(({ isFleeting }) => !isFleeting);
      if (JSON.stringify(now) === JSON.stringify(tables) || attempt === ATTEMPTS) {
        const taken = await use(new Snapshot(connection, now, await workspacesOf(db)));
        await client.query('COMMIT');
        return taken;
      }
      await client.query('ROLLBACK');
    }
  }

  get db(): Store {
    return this.#db;
  }

  /** The rows of a table, in the text format of COPY. @returns how many there were */
  async *rowsOf(table: Table): AsyncGenerator<Buffer, number> {
    let rows = 0;
    // What is guarded by something else than the workspace is there for who names all owners, and no workspace.
    const isOfWorkspaces = table.isGuarded && table.columns.includes('workspace_id');
    const scopes = isOfWorkspaces ? (this.#workspaces ?? ['']) : [''];
    for (const workspace of scopes) {
      await this.#name(workspace);
      const columns = table.columns.map(quoted).join(', ');
      const stream = this.#client.query(copyTo(`COPY (SELECT ${columns} FROM public.${quoted(table.name)}) TO STDOUT`));
      // Of rows that nobody wants any more.
      stream.on('error', () => undefined);
      yield* stream as AsyncIterable<Buffer>;
      rows += stream.rowCount;
    }
    await this.#name('');
    return rows;
  }

  /** Runs `use` so often that it has met the rows of all workspaces, each once. */
  forEachWorkspace = async (use: () => Promise<void>): Promise<void> => {
    for (const workspace of this.#workspaces ?? ['']) {
      await this.#name(workspace);
      await use();
    }
    await this.#name('');
  };

  #name(workspace: string): Promise<unknown> {
    return this.#client.query(
      "SELECT set_config('datamaker.workspace', $1, true), set_config('datamaker.owner', '*', true)",
      [workspace],
    );
  }
}

async function workspacesOf(db: Store): Promise<readonly string[] | undefined> {
  if (await isAboveRules(db)) return undefined;
  const { rows } = await sql<{ id: string }>`SELECT id FROM public.workspace ORDER BY id`.execute(db);
  return rows.map(({ id }) => id);
}
