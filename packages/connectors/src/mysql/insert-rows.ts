import type { Column } from '../schema/schema.ts';
import type { InsertRequest, RawRows, SqlResult } from '../sql/sql-connection.ts';
import { findWritten, keyOfRows } from './find-written.ts';
import { type InsertPart, insertTexts } from './insert-text.ts';
import type { Answer } from './mysql-client.ts';
import type { ServerFacts } from './server-facts.ts';

type Ask = (text: string) => Promise<Answer>;

/**
 * Writes rows, and gives back columns of those that were written.
 * @param ready the statements, where they were made before
 */
export async function insertRows(
  ask: Ask,
  facts: ServerFacts,
  request: InsertRequest,
  ready?: readonly InsertPart[],
): Promise<SqlResult> {
  const { onConflict, returning } = request;
  if (returning.length === 0) return await plain(ask, facts, request, [], ready);
  if (onConflict === 'skip') return await oneByOne(ask, facts, request);
  return facts.hasReturning
    ? await plain(ask, facts, request, returning)
    : await withLookingUp(ask, facts, request, returning);
}

async function plain(
  ask: Ask,
  facts: ServerFacts,
  request: InsertRequest,
  returning: readonly Column[] = [],
  ready?: readonly InsertPart[],
): Promise<SqlResult> {
  let written = 0;
  const rows: (readonly unknown[])[] = [];
  for (const part of ready ?? insertTexts(request, returning, facts.maxPacket)) {
    const answer = await ask(part.text);
    // A row that was changed counts twice, and not at all where it was the same before.
    written += request.onConflict === 'skip' ? Math.min(answer.affected, part.rows) : part.rows;
    rows.push(...answer.rows);
  }
  return { rows, affected: written };
}

/** The servers tell how many rows were left out, and not which: they are sent alone when something of the others is wanted. */
async function oneByOne(ask: Ask, facts: ServerFacts, request: InsertRequest): Promise<SqlResult> {
  const rows: (readonly unknown[])[] = [];
  for (const row of request.rows) {
    const one = { ...request, rows: [row] };
    const [part] = insertTexts(one, [], facts.maxPacket);
    const answer = await ask(part?.text ?? '');
    if (answer.affected > 0) rows.push(...(await lookUp(ask, facts, one, request.returning, answer)));
  }
  return { rows, affected: rows.length };
}

/** Without RETURNING: rows are looked for by a key that they brought, or by the numbers that were made for them. */
async function withLookingUp(
  ask: Ask,
  facts: ServerFacts,
  request: InsertRequest,
  returning: readonly Column[],
): Promise<SqlResult> {
  const rows: (readonly unknown[])[] = [];
  let at = 0;
  // Numbers that are made for rows of which some bring their own need not be one after the other.
  const isMixed =
    keyOfRows(request) === undefined && request.columns.some(({ generated }) => generated === 'by_default');
  const parts = isMixed
    ? request.rows.map((row) => ({
        text: insertTexts({ ...request, rows: [row] }, [], facts.maxPacket)[0]?.text ?? '',
        rows: 1,
      }))
    : insertTexts(request, [], facts.maxPacket);
  for (const part of parts) {
    const some: RawRows = request.rows.slice(at, at + part.rows);
    const answer = await ask(part.text);
    rows.push(...(await lookUp(ask, facts, { ...request, rows: some }, returning, answer)));
    at += part.rows;
  }
  return { rows, affected: request.rows.length };
}

const lookUp = (
  ask: Ask,
  facts: ServerFacts,
  request: InsertRequest,
  returning: readonly Column[],
  { firstId }: Answer,
): Promise<RawRows> =>
  findWritten(async (text) => (await ask(text)).rows, request, returning, { firstId, step: facts.increment });
