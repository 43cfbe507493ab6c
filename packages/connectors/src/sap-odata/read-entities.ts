import { ConnectionError } from '../connection-error.ts';
import { shown } from '../http/base-url.ts';
import { type HttpAnswer, textOf } from '../http/http-request.ts';
import { parseJson } from '../http/json.ts';
import { SeenPages } from '../http/seen-pages.ts';
import type { Condition, ReadQuery } from '../session.ts';
import type { Row, Rows, Value, ValueObject } from '../value.ts';
import { edmLiteral } from './edm-literal.ts';
import type { Version } from './edm-value.ts';
import { fromEntity, isObject, propertyOf } from './entity.ts';
import type { EntitySet } from './metadata/model.ts';
import type { Service } from './service.ts';
import { refusalError } from './translate-error.ts';

/** Of V4: long integers and decimals as texts. */
export const acceptOf = (version: Version): string =>
  version === 'v4' ? 'application/json;IEEE754Compatible=true' : 'application/json';

/**
 * Reads the entities of a set: a page of `pageSize` at a time, in the order of the keys, and within it as many answers as the
 * service makes of it.
 * @throws ConnectionError
 */
export async function* readEntities(
  service: Service,
  set: EntitySet,
  version: Version,
  query: ReadQuery,
  pageSize: number,
): AsyncGenerator<Rows> {
  const { columns, signal, limit = Number.POSITIVE_INFINITY } = query;
  const options = queryOptions(set, version, query);
  const seen = new SeenPages();
  let read = 0;
  while (read < limit) {
    const top = Math.min(pageSize, limit - read);
    const page = { ...options, $top: String(top), ...(read === 0 ? {} : { $skip: String(read) }) };
    let url: URL | undefined = service.urlOf({ path: set.name, query: page });
    let found = 0;
    while (url !== undefined) {
      const headers = { accept: acceptOf(version), ...(version === 'v4' ? { 'odata-version': '4.0' } : {}) };
      const answer: HttpAnswer = await service.client.send({ method: 'GET', url, headers, signal });
      if (answer.status !== 200) throw refusalError({ status: answer.status, body: textOf(answer) }, set.name);
      const { entities, next } = readPage(parseJson(textOf(answer)));
      const rows = entities.slice(0, top - found).map((entity) => only(fromEntity(entity, set.type, version), columns));
      seen.see(url, entities);
      found += rows.length;
      if (rows.length > 0) yield rows;
      url = next === undefined || found >= top ? undefined : follow(next, answer.url, url);
    }
    read += found;
    if (found < top) return;
  }
}

/** `{d: {results, __next}}`, `{d: […]}` of V2; `{value, "@odata.nextLink"}` of V4. */
function readPage(body: Value): { entities: ValueObject[]; next: string | undefined } {
  const inner = isObject(body) && isObject(body['d']) ? body['d'] : body;
  const list =
    isObject(body) && Array.isArray(body['d'])
      ? body['d']
      : isObject(inner)
        ? (inner['results'] ?? inner['value'])
        : undefined;
  if (!isObject(inner) || !Array.isArray(list)) {
    throw new ConnectionError('protocol', 'the answer has no list of entities in it');
  }
  const next = inner['__next'] ?? inner['@odata.nextLink'] ?? inner['@nextLink'];
  return { entities: list.filter(isObject), next: typeof next === 'string' && next !== '' ? next : undefined };
}

/** A link that is relative is so to the root of the service, which stands before the name of the set. */
function follow(link: string, from: URL, asked: URL): URL {
  const next = URL.parse(link, from.href);
  // Services behind a proxy may write the host that they know themselves by: only path and query are followed. A redirect
  // may have led to somebody else, who is not to have the signature of the next request.
  if (next === null) throw new ConnectionError('protocol', `the link to the next page of ${shown(from)} is none`);
  const url = new URL(asked);
  url.pathname = next.pathname;
  url.search = next.search;
  if (url.href === asked.href)
    throw new ConnectionError('protocol', `${shown(asked)} says that its next page is itself`);
  return url;
}

/** `$filter`, `$select` and `$orderby` of a query. @throws ConnectionError not_found */
export function queryOptions(set: EntitySet, version: Version, query: ReadQuery): Record<string, string> {
  const { columns, where = [], filter, orderBy } = query;
  const conditions = where.map((one) => conditionOf(one, set, version));
  const filters = [
    ...(filter === undefined || filter === '' ? [] : [where.length === 0 ? filter : `(${filter})`]),
    ...conditions,
  ];
  const order = orderBy ?? set.type.keys;
  for (const name of [...order, ...(columns ?? [])]) propertyOf(set.type, name);
  return {
    ...(filters.length === 0 ? {} : { $filter: filters.join(' and ') }),
    ...(columns === undefined ? {} : { $select: columns.join(',') }),
    // Without an order a page may have rows of the one before.
    ...(order.length === 0 ? {} : { $orderby: order.join(',') }),
  };
}

const OPERATORS = { '=': 'eq', '!=': 'ne', '<': 'lt', '<=': 'le', '>': 'gt', '>=': 'ge' } as const;

function conditionOf({ column, is, value = null }: Condition, set: EntitySet, version: Version): string {
  const property = propertyOf(set.type, column);
  if (is === 'null') return `${column} eq null`;
  if (is === 'not null') return `${column} ne null`;
  if (is !== 'like') return `${column} ${OPERATORS[is]} ${edmLiteral(value, property, version)}`;
  const [, start = '', text = '', end = ''] = /^(%?)([^%_]*)(%?)$/.exec(String(value)) ?? [];
  if (text === '')
    throw new ConnectionError('invalid_config', 'OData knows like with % at the beginning or the end only');
  const literal = edmLiteral(text, property, version);
  if (start === '' && end === '') return `${column} eq ${literal}`;
  if (start === '') return `startswith(${column},${literal})`;
  if (end === '') return `endswith(${column},${literal})`;
  return version === 'v2' ? `substringof(${literal},${column})` : `contains(${column},${literal})`;
}

const only = (row: Row, columns: readonly string[] | undefined): Row =>
  columns === undefined ? row : Object.fromEntries(columns.map((name) => [name, row[name] ?? null]));
