import { ConnectionError } from '../connection-error.ts';
import { beneath } from '../http/base-url.ts';
import { toJson } from '../http/json.ts';
import type { TableName, TableOperation } from '../schema/schema.ts';
import type { Row } from '../value.ts';
import type { RestConfig } from './config.ts';

/** Where rows go, and in what form. */
export interface Target {
  readonly method: string;
  /** `row`: a request for each; `batch`: a list of rows in each. */
  readonly mode: 'row' | 'batch';
  /** Whether all rows go to one place. */
  readonly isOnePlace: boolean;
  /** @throws ConnectionError value, when a part of the path is missing */
  urlOf(row: Row): URL;
  /** @param rows one, unless the mode is `batch` */
  bodyOf(rows: readonly Row[]): string;
}

/** As the connection says it for all paths. */
export function plainTarget({ url: base, options }: RestConfig, { name }: TableName): Target {
  const { method, mode, path = '', wrapperKey } = options;
  const url = beneath(base, name === '' ? path : name);
  return { method, mode, isOnePlace: true, urlOf: () => url, bodyOf: (rows) => bodyOf(mode, wrapperKey, rows) };
}

/** As the OpenAPI document says it for one operation; lists, where the connection asks for them, also where the document does not. */
export function operationTarget({ url: base, options }: RestConfig, operation: TableOperation): Target {
  const { method, path, rows: place, parameters, inBody } = operation;
  const mode = place === 'body' ? options.mode : 'batch';
  const wrapperKey = typeof place === 'object' ? place.property : place === 'body' ? options.wrapperKey : undefined;
  const onlyInPath = new Set(parameters.filter((name) => !inBody.includes(name)));
  const body = (row: Row): Row =>
    onlyInPath.size === 0 ? row : Object.fromEntries(Object.entries(row).filter(([name]) => !onlyInPath.has(name)));
  const fixed = parameters.length === 0 ? beneath(base, path) : undefined;
  return {
    method,
    mode,
    isOnePlace: fixed !== undefined,
    urlOf: (row) =>
      fixed ??
      beneath(
        base,
        path.replace(/\{([^{}]+)\}/g, (_, name: string) => partOf(row, name)),
      ),
    bodyOf: (rows) => bodyOf(mode, wrapperKey, rows.map(body)),
  };
}

function bodyOf(mode: Target['mode'], wrapperKey: string | undefined, rows: readonly Row[]): string {
  if (mode === 'row') return toJson(rows[0] ?? {});
  return toJson(wrapperKey === undefined ? rows : { [wrapperKey]: rows });
}

/** A value in a path is one part of it, whatever is in it. */
function partOf(row: Row, name: string): string {
  const value = row[name];
  const text = ['string', 'number', 'bigint', 'boolean'].includes(typeof value) ? String(value) : '';
  if (text !== '' && text !== '.' && text !== '..') return encodeURIComponent(text);
  throw new ConnectionError('value', `the path has ${name} in it: each row needs a text or a number there`);
}
