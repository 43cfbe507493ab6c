import { ConnectionError } from '../connection-error.ts';
import { shown } from '../http/base-url.ts';
import type { HttpClient } from '../http/http-client.ts';
import { textOf } from '../http/http-request.ts';
import { parseJson } from '../http/json.ts';
import { at } from '../http/json-pointer.ts';
import { problemOfStatus } from '../http/problem-of-status.ts';
import { SeenPages } from '../http/seen-pages.ts';
import type { ReadQuery } from '../session.ts';
import type { Row, Rows, Value } from '../value.ts';
import type { RestOptions } from './config.ts';
import { firstPage, nextPage } from './paging.ts';

/** Reads the rows behind a URL, page by page. @throws ConnectionError */
export async function* readRows(
  client: HttpClient,
  options: RestOptions,
  url: URL,
  query: ReadQuery,
): AsyncGenerator<Rows> {
  const { columns, limit = Number.POSITIVE_INFINITY, signal } = query;
  let left = limit;
  if (left <= 0) return;
  const found = (body: Value): Rows => rowsOf(body, options.rowsPointer);
  for await (const { rows } of readPages(client, options, url, found, signal)) {
    const wanted = rows.slice(0, left);
    left -= wanted.length;
    if (wanted.length > 0) yield columns === undefined ? wanted : wanted.map((row) => only(row, columns));
    if (left <= 0) return;
  }
}

/** Reads what a URL answers, whole, page by page. @throws ConnectionError */
export async function* readDocuments(
  client: HttpClient,
  options: RestOptions,
  url: URL,
  signal: AbortSignal | undefined,
): AsyncGenerator<Value> {
  // How many rows there are says whether there is another page; that there are none where they should be is no fault here.
  const found = (body: Value): Rows =>
    options.rowsPointer === undefined || at(body, options.rowsPointer) !== undefined
      ? rowsOf(body, options.rowsPointer)
      : [];
  for await (const { body } of readPages(client, options, url, found, signal)) yield body;
}

async function* readPages(
  client: HttpClient,
  options: RestOptions,
  url: URL,
  found: (body: Value) => Rows,
  signal: AbortSignal | undefined,
): AsyncGenerator<{ readonly body: Value; readonly rows: Rows }> {
  const seen = new SeenPages();
  let next: URL | undefined = firstPage(options.paging, url);
  while (next !== undefined) {
    const page: URL = next;
    const answer = await client.send({ method: 'GET', url: page, headers: { accept: 'application/json' }, signal });
    const { status } = answer;
    if (status !== 200 && status !== 204) {
      throw new ConnectionError(problemOfStatus(status), `${shown(page)} gives no rows (${status})`);
    }
    const body = status === 204 || answer.body.length === 0 ? [] : parseJson(textOf(answer));
    const rows = found(body);
    seen.see(page, rows);
    yield { body, rows };
    next = nextPage(options.paging, page, answer, body, rows.length);
    if (next?.href === page.href) {
      throw new ConnectionError('protocol', `${shown(page)} says that the page behind it is the same one`);
    }
  }
}

/** The rows in an answer: what is pointed at, a list, the one list in an object, or the object itself as the only row. */
function rowsOf(body: Value, pointer: string | undefined): Row[] {
  const found = pointer === undefined ? body : at(body, pointer);
  if (found === undefined || found === null) {
    if (pointer === undefined) return [];
    throw new ConnectionError('protocol', `there is nothing at ${pointer} in the answer`, {
      hint: 'options.rowsPointer says where the rows are',
    });
  }
  const lists = isObject(found)
    ? Object.values(found).filter((value) => Array.isArray(value) && value.every(isObject))
    : [];
  const list = Array.isArray(found) ? found : pointer === undefined && lists.length === 1 ? lists[0] : [found];
  return (list as readonly Value[]).map((item) => (isObject(item) ? item : { value: item }));
}

const isObject = (value: Value): value is Row =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Uint8Array);

const only = (row: Row, columns: readonly string[]): Row =>
  Object.fromEntries(columns.map((name) => [name, Object.hasOwn(row, name) ? (row[name] ?? null) : null]));
