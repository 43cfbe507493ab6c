import { readFileSync } from 'node:fs';
import { CREDENTIALS, type Credential, DEAD, ENDED, type Kind, TARGETS, type Target } from './credentials.ts';

/**
 * The table: for each route what it names, and for credentials (several with spaces between them) the status for each target
 * in order, or one for all; `-` is a combination that cannot be. Where a dead credential is not listed, it gets 401; one of a workspace
 * that is deleted gets what somebody does who was removed, and 403 where that is nothing.
 */
type Table = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface Cell {
  /** Method and path; behind it, in brackets, the part of the request that names something, when it is not the path. */
  readonly route: string;
  readonly kind: Kind | undefined;
  readonly credential: Credential;
  readonly target: Target;
  readonly status: number;
}

const table = JSON.parse(readFileSync(new URL('data/expectations.json', import.meta.url), 'utf8')) as Table;

/** Routes that the table has a row for. */
export const listedRoutes = (): string[] => [...new Set(Object.keys(table).map((route) => route.replace(/ \(.*/, '')))];

/** Every cell of the table. @throws Error for a credential that a row forgets or names twice */
export const cells = (): Cell[] => Object.entries(table).flatMap(([route, row]) => cellsOf(route, row));

function cellsOf(route: string, { of: kind, ...groups }: Readonly<Record<string, string>>): Cell[] {
  const statuses = new Map<string, string>();
  for (const [names, status] of Object.entries(groups)) {
    for (const name of names.split(' ')) {
      if (statuses.has(name)) throw new Error(`${route} says twice what ${name} gets`);
      statuses.set(name, status);
    }
  }
  const targets: readonly Target[] = kind === undefined ? ['own'] : TARGETS;
  return CREDENTIALS.flatMap((credential) => {
    const listed = statuses.get(credential) ?? unlisted(route, credential, statuses);
    if (listed === undefined) throw new Error(`${route} does not say what ${credential} gets`);
    const each = listed.split(' ');
    return targets.flatMap((target, index): Cell[] => {
      const status = each.length === 1 ? each[0] : each[index];
      if (status === '-') return [];
      return [{ route, kind: kind as Kind | undefined, credential, target, status: Number(status) }];
    });
  });
}

function unlisted(route: string, credential: Credential, statuses: ReadonlyMap<string, string>): string | undefined {
  if ((DEAD as readonly string[]).includes(credential)) return '401';
  if (credential !== ENDED) return undefined;
  // Behind the other door it is a key like any that is not known.
  return statuses.get('removed') ?? (route.includes(' /api/v1/') ? '401' : '403');
}
