import { z } from 'zod';
import { ConnectionError } from '../connection-error.ts';
import { beneath } from '../http/base-url.ts';
import type { HttpAnswer } from '../http/http-request.ts';
import { at, isJsonPointer } from '../http/json-pointer.ts';
import type { Value } from '../value.ts';
import { keyOfRemoval } from './key-of-removal.ts';

const KEY = /\{([^{}]+)\}/g;

/** `$.data.id`, as people know it, and `/data/id`, as RFC 6901 has it, are the same. */
const pointer = z
  .string()
  .max(500)
  .transform((text) => (text.startsWith('$') ? text.slice(1).replaceAll('.', '/') : text))
  .refine(isJsonPointer, 'it is neither of the form /data/id nor $.data.id');

/** How a system removes a row that it has made: by a part of its answer, or at the place that it names in `Location`. */
export const removal = z.union([
  z.strictObject({
    method: z.enum(['DELETE', 'POST']).default('DELETE'),
    path: z
      .string()
      .max(2000)
      .refine((path) => [...path.matchAll(KEY)].length === 1, 'it has one part in braces: /people/{id}'),
    /** Where the part is in what the system answers for a row. */
    id: pointer.optional(),
  }),
  z.strictObject({ method: z.enum(['DELETE', 'POST']).default('DELETE'), location: z.literal(true) }),
]);
export type Removal = z.infer<typeof removal>;

/**
 * The key of a row that a system has made.
 * @param base the URL of the connection
 * @param made what the system answers for the row
 * @returns null: it does not say
 */
export function madeKey(removal: Removal, base: string, answer: HttpAnswer, made: Value | undefined): Value {
  if ('location' in removal) return placeOf(answer, base) ?? null;
  const key = at(made, removal.id ?? `/${keyOfRemoval(removal)}`);
  return isKey(key) ? key : null;
}

/** Where a row is removed. @throws ConnectionError value */
export function urlOfRemoval(removal: Removal, base: string, key: Value | undefined): URL {
  if (!isKey(key)) throw new ConnectionError('value', 'rows are removed by a key that is a text or a number');
  if (!('location' in removal)) {
    return beneath(
      base,
      removal.path.replace(KEY, () => encodeURIComponent(String(key))),
    );
  }
  const url = URL.parse(String(key), base);
  if (url === null || !isBeneath(url, base))
    throw new ConnectionError('value', 'the place of a row is not beneath the URL');
  return url;
}

/** Nobody else's place: the system itself says it, and what is removed there is removed with the rights of the connection. */
function placeOf({ headers, url }: HttpAnswer, base: string): string | undefined {
  const place = URL.parse(headers['location'] ?? '', url.href);
  return place !== null && headers['location'] !== undefined && isBeneath(place, base)
    ? `${place.pathname}${place.search}`
    : undefined;
}

function isBeneath(url: URL, base: string): boolean {
  const root = new URL(base);
  const folder = root.pathname.endsWith('/') ? root.pathname : `${root.pathname}/`;
  return url.origin === root.origin && url.pathname.startsWith(folder) && url.pathname.length > folder.length;
}

/** A part of a path that is not another path. */
const isKey = (key: Value | undefined): key is string | number | bigint =>
  ['string', 'number', 'bigint'].includes(typeof key) && !/^\.{0,2}$/.test(String(key));
