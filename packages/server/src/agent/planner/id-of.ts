import type { ProposedCall } from './read-wish.ts';

interface Listed {
  readonly id: string;
  readonly name: string;
}

/**
 * Goes on with the id of a thing in a list, by its name as people write it.
 * @returns what is said where there is none, or more than one
 */
export function idOf(
  found: unknown,
  what: 'templates' | 'connections' | 'scenarios',
  name: string,
  goOn: (id: string) => ProposedCall | string,
): ProposedCall | string {
  const ref = /^(tmpl|conn|scn)_\w+(@v\d+)?$/.exec(name);
  if (ref !== null) return goOn(name);
  const listed = (found as Readonly<Record<string, readonly Listed[] | undefined>> | null)?.[what] ?? [];
  const same = listed.filter((item) => item.name.toLowerCase() === name.toLowerCase());
  const [first, second] = same;
  if (first === undefined) {
    const names = listed.slice(0, 20).map((item) => item.name);
    const there = names.length === 0 ? '' : ` There ${names.length === 1 ? 'is' : 'are'} ${names.join(', ')}.`;
    return `I found none of the ${what} that is called ${name}.${there} Say it with the id.`;
  }
  if (second !== undefined)
    return `Several of the ${what} are called ${name}: ${same.map(({ id }) => id).join(', ')}. Say it with the id.`;
  return goOn(first.id);
}
