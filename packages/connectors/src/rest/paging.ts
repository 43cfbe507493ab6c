import { z } from 'zod';
import { ConnectionError } from '../connection-error.ts';
import type { HttpAnswer } from '../http/http-request.ts';
import { at, isJsonPointer } from '../http/json-pointer.ts';
import type { Value } from '../value.ts';

const parameter = z.string().min(1).max(100);
const size = z.int().min(1).max(100_000);
const pointer = z.string().max(500).refine(isJsonPointer, 'it is no JSON pointer of the form /meta/next');

/** How a system gives its rows a page at a time. */
export const paging = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  /** `Link: <…>; rel="next"` (RFC 8288). */
  z.strictObject({ kind: z.literal('link_header') }),
  /** A URL in the answer. */
  z.strictObject({ kind: z.literal('next_link'), pointer }),
  /** The number of the page; the last one is not full, or empty. */
  z.strictObject({
    kind: z.literal('page'),
    parameter: parameter.default('page'),
    first: z.int().min(0).max(1).default(1),
    sizeParameter: parameter.optional(),
    size: size.optional(),
  }),
  /** How many rows to leave out. */
  z.strictObject({
    kind: z.literal('offset'),
    parameter: parameter.default('offset'),
    sizeParameter: parameter.default('limit'),
    size: size.default(1000),
  }),
  /** A mark in the answer that the next request carries. */
  z.strictObject({
    kind: z.literal('cursor'),
    parameter: parameter.default('cursor'),
    pointer,
    sizeParameter: parameter.optional(),
    size: size.optional(),
  }),
]);
export type Paging = z.infer<typeof paging>;

/** The URL of the first page. */
export function firstPage(kind: Paging, url: URL): URL {
  const first = new URL(url);
  if (kind.kind === 'page') first.searchParams.set(kind.parameter, String(kind.first));
  if (kind.kind === 'offset') first.searchParams.set(kind.parameter, '0');
  if ('size' in kind && kind.size !== undefined && kind.sizeParameter !== undefined) {
    first.searchParams.set(kind.sizeParameter, String(kind.size));
  }
  return first;
}

/**
 * The URL of the page behind one that was read.
 * @param url of the page, as it was asked for
 * @param found rows in it
 * @returns undefined: it was the last
 * @throws ConnectionError protocol, when the system leads to somebody else
 */
export function nextPage(kind: Paging, url: URL, answer: HttpAnswer, body: Value, found: number): URL | undefined {
  const next = new URL(url);
  switch (kind.kind) {
    case 'none':
      return undefined;
    case 'link_header':
      return follow(nextOfLinkHeader(answer.headers['link']), answer.url, url);
    case 'next_link':
      return follow(at(body, kind.pointer), answer.url, url);
    case 'page': {
      if (found === 0 || (kind.size !== undefined && found < kind.size)) return undefined;
      next.searchParams.set(kind.parameter, String(Number(url.searchParams.get(kind.parameter)) + 1));
      return next;
    }
    case 'offset': {
      if (found === 0) return undefined;
      next.searchParams.set(kind.parameter, String(Number(url.searchParams.get(kind.parameter)) + found));
      return next;
    }
    case 'cursor': {
      const mark = at(body, kind.pointer);
      if (mark === undefined || mark === null || mark === '' || mark === false || typeof mark === 'object')
        return undefined;
      next.searchParams.set(kind.parameter, String(mark));
      return next;
    }
  }
}

/** @param from where the answer came from, which a redirect may have led to @param asked what was asked for */
function follow(link: Value | undefined, from: URL, asked: URL): URL | undefined {
  if (typeof link !== 'string' || link === '') return undefined;
  const next = URL.parse(link, from.href);
  // Requests are signed, and nobody else is to have the signature.
  if (next === null || next.origin !== asked.origin) {
    throw new ConnectionError('protocol', 'the next page is said to be at another host: it is not asked for there');
  }
  return next;
}

/** `<…>; rel="next"; title="…", <…>; rel=last` (RFC 8288, 3). */
function nextOfLinkHeader(header: string | undefined): string | undefined {
  for (const [, target, parameters = ''] of header?.matchAll(
    /<([^>]*)>((?:\s*;\s*[\w*-]+\s*(?:=\s*(?:"[^"]*"|[^\s",;]+))?)*)/g,
  ) ?? []) {
    const [, quoted, plain] = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s",;]+))/i.exec(parameters) ?? [];
    if ((quoted ?? plain ?? '').toLowerCase().split(/\s+/).includes('next')) return target;
  }
  return undefined;
}
