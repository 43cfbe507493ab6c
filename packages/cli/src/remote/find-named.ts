import { CommandError } from '../errors/command-error.ts';
import type { ServerApi } from './server-api.ts';

/** What a server keeps under ids, with names that people give. */
export interface NamedKind {
  /** What messages call one of them. */
  readonly what: string;
  /** Where they are listed. */
  readonly path: string;
  /** What their ids begin with, such as `tmpl_`. */
  readonly prefix: string;
  /** Whether `@v2` behind one names a version. */
  readonly hasVersions: boolean;
  /** How to see what there is. */
  readonly hint?: string;
}

/**
 * A reference to what a person names, by its id or its name.
 * @throws CommandError when there is none, or more than one
 */
export async function findNamed(api: ServerApi, kind: NamedKind, given: string, signal?: AbortSignal): Promise<string> {
  const { what, path, prefix, hasVersions } = kind;
  if (new RegExp(`^${prefix}\\w{1,40}${hasVersions ? '(@v\\d{1,9})?' : ''}$`).test(given)) return given;
  const named: { id: string; name: string }[] = [];
  const known: string[] = [];
  const [, plain = given, version = ''] = hasVersions ? (/^(.+)(@v\d{1,9})$/s.exec(given) ?? []) : [];
  for await (const one of api.items<{ id: string; name: string }>(path, signal)) {
    known.push(one.name);
    if (one.name === plain || one.name === given) named.push(one);
  }
  const [found, other] = named;
  if (found === undefined) {
    const { nearest } = await import('@datamaker/engine');
    const match = nearest(plain, known);
    const hint = match === undefined ? kind.hint : `did you mean ${JSON.stringify(match)}?`;
    const message = `the project has no ${what} ${JSON.stringify(given)}`;
    throw new CommandError(2, 'not_found', message, hint === undefined ? {} : { hint });
  }
  if (other === undefined) return found.name === given ? found.id : found.id + version;
  const ids = named.map(({ id }) => id).join(', ');
  throw new CommandError(2, 'ambiguous_name', `${named.length} ${what}s are called ${JSON.stringify(given)}`, {
    hint: `name one by its id: ${ids}`,
  });
}

export const TEMPLATES: NamedKind = { what: 'template', path: '/templates', prefix: 'tmpl_', hasVersions: true };
export const CONNECTIONS: NamedKind = { what: 'connection', path: '/connections', prefix: 'conn_', hasVersions: false };
