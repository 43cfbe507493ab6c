import type { Client } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../../connectors/src/testing/start-postgres.ts';
import type { Store } from '../../store/open-store.ts';
import { connectClient, DOORS, type Door } from '../../testing/mcp/connect-client.ts';
import { type Found, JOURNEY } from '../../testing/mcp/journey.ts';
import { PlainSandbox } from '../../testing/plain-sandbox.ts';
import { startOn, type TestServer } from '../../testing/servers.ts';
import { TOOLS, toolNamed } from '../../tools/tools.ts';

interface Called {
  readonly isError?: boolean;
  readonly structuredContent?: {
    readonly untrusted: boolean;
    readonly truncated: boolean;
    readonly data: Readonly<Record<string, unknown>>;
  };
  readonly content: readonly { readonly type: string; readonly text: string }[];
}

const DDL = `
  CREATE TABLE person (id integer PRIMARY KEY, full_name text NOT NULL);
  CREATE TABLE made (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, full_name text)`;

/** What is noted of any request, whatever it does, and what runs go on with by themselves. */
const NOTES =
  /^(audit_entry|bucket|row_reservation|request_claim|run_lease|datagen_(usage|idempotency|contract).*|migration.*)$|^kysely_/;

let target: PostgresServer;
let server: TestServer;
let database: Store;
beforeAll(async () => {
  target = await startPostgres();
  await target.query(DDL);
  server = await startOn('bundled', { privateTargets: ['127.0.0.1'], sandbox: new PlainSandbox() });
  database = await server.openDatabase();
});
afterAll(async () => {
  await database?.destroy();
  await server?.close();
  await target?.stop();
});

/** Of runs that go on by themselves, and of who runs them. */
const LIVE = /^(worker|run|run_.*|scenario_attempt.*|file_blob)$/;

type Seen = ReadonlyMap<string, { readonly rows: number; readonly text: string }>;

/** How many rows each table has, and all of them without when they were looked at. */
async function look(): Promise<Seen> {
  const tables = (await database.introspection.getTables()).filter(
    ({ schema, name }) => schema === 'public' && !NOTES.test(name),
  );
  const seen = await Promise.all(
    tables.map(async ({ name }) => {
      const rows = await database
        .selectFrom(name as never)
        .selectAll()
        .execute();
      const shown = rows.map((row) => JSON.stringify(row, (key, value) => (isNoteOfTime(key) ? undefined : value)));
      return [name, { rows: rows.length, text: shown.toSorted().join('\n') }] as const;
    }),
  );
  return new Map(seen);
}

/** When something was looked at is no change of it. */
const isNoteOfTime = (key: string): boolean =>
  /^(last_used_at|readAt|read_at|verified_at|at|metadata.*|catalogue.*)$/.test(key);

/** When something was written, and where its bytes are, is no part of what it is. */
const withoutTimes = (text: string): string => text.replaceAll(/"(blob_id|uploaded_at|updated_at)":"[^"]*"/g, '');

/** Says that calling it twice does no more than once, and does something. */
const isRepeated = (tool: string): boolean => {
  const { readOnlyHint, idempotentHint } = toolNamed(tool)?.annotations ?? {};
  return readOnlyHint === false && idempotentHint === true;
};

async function call(client: Client, tool: string, given: Record<string, unknown>): Promise<Called> {
  const result = (await client.callTool({ name: tool, arguments: given })) as Called;
  expect(result.isError, `${tool}: ${result.content[0]?.text}`).not.toBe(true);
  expect(JSON.parse(result.content[0]?.text ?? '')).toEqual(result.structuredContent);
  const shape = toolNamed(tool)?.output.safeParse(result.structuredContent?.data);
  expect(shape?.error, tool).toBe(undefined);
  return result;
}

describe.each(DOORS)('all tools (%s)', (door: Door) => {
  it('do what they say they do', async () => {
    const client = await connectClient(server.client.url, server.key, door);
    const password = encodeURIComponent(target.password);
    const found: Found = { name: `j${door}`, url: `postgres://test:${password}@127.0.0.1:${target.port}/postgres` };
    const called = new Set<string>();
    /** What there was after the call before, where nothing can have come in between. */
    let last: Seen | undefined;
    for (const { tool, give, keep } of JOURNEY) {
      const { readOnlyHint, destructiveHint } = toolNamed(tool)?.annotations ?? {};
      const isWatched = door === '2026' && (readOnlyHint === true || destructiveHint === false);
      // What a run changes while somebody waits for it is no deed of who waits.
      if (isWatched && tool === 'get_run') {
        await call(client, tool, give(found));
        last = undefined;
      }
      const before = isWatched ? (last ?? (await look())) : undefined;
      const given = give(found);
      const { structuredContent } = await call(client, tool, given);
      if (door === '2026' && isRepeated(tool)) {
        const once = await look();
        // What is gone already may be told as missing: what counts is what is left.
        await client.callTool({ name: tool, arguments: given });
        for (const [table, { text }] of await look()) {
          const before = withoutTimes(once.get(table)?.text ?? '');
          if (!LIVE.test(table))
            expect(withoutTimes(text), `${tool} says that twice is as once, ${table}`).toBe(before);
        }
      }
      last = before === undefined ? undefined : await look();
      if (before !== undefined && last !== undefined) {
        for (const [table, { rows, text }] of last) {
          const then = before.get(table) ?? { rows: 0, text: '' };
          if (readOnlyHint === true && !LIVE.test(table)) {
            expect(text, `${tool} says that it only reads, ${table}`).toBe(then.text);
          }
          expect(rows, `${tool} says that it loses nothing, ${table}`).toBeGreaterThanOrEqual(then.rows);
        }
      }
      keep?.(structuredContent?.data ?? {}, found);
      called.add(tool);
    }
    expect([...called].toSorted()).toEqual(TOOLS.map(({ name }) => name).toSorted());
    await client.close();
  }, 300_000);
});

it('notes each call in the audit', async () => {
  const { body } = await server.client.get<{ items: { subjectId: string }[]; total: number }>(
    '/audit?action=tool.called&limit=100',
  );
  const waits = JOURNEY.filter(({ tool }) => tool === 'get_run').length;
  const repeated = JOURNEY.filter(({ tool }) => isRepeated(tool)).length;
  expect(body.total).toBe(JOURNEY.length * DOORS.length + waits + repeated);
});
