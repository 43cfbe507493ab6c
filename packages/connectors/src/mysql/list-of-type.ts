/** How many values of a SET may be named one by one: six members make 64. */
const MOST_MEMBERS = 6;

const ESCAPED: Readonly<Record<string, string>> = { '0': '\0', n: '\n', r: '\r', t: '\t', Z: '\u001a' };

/** The members of `enum('a','it''s')` or `set(…)`, as the information schema writes them; null: it is another type. */
export function membersOf(type: string): readonly string[] | null {
  const list = /^(?:enum|set)\((.*)\)$/s.exec(type)?.[1];
  if (list === undefined) return null;
  return Array.from(list.matchAll(/'((?:[^'\\]|''|\\.)*)'/gs), ([, member = '']) =>
    member.replaceAll(/''|\\(.)/gs, (_, escaped?: string) =>
      escaped === undefined ? "'" : (ESCAPED[escaped] ?? escaped),
    ),
  );
}

/**
 * All values of an ENUM; of a SET all lists of its members, or each member alone where there are many.
 * @returns null: of another type
 */
export function valuesOf(type: string): readonly string[] | null {
  const members = shownWhole(membersOf(type));
  if (members === null || type.startsWith('enum')) return members;
  if (members.length > MOST_MEMBERS) return members;
  return Array.from({ length: 2 ** members.length }, (_, bits) =>
    members.filter((_, i) => (bits & (1 << i)) !== 0).join(','),
  );
}

/**
 * The members that are surely shown as they are: the information schema has question marks for characters beyond the Basic Multilingual
 * Plane. Where all have some, they are what is known.
 */
export function shownWhole(members: readonly string[] | null): readonly string[] | null {
  const whole = members?.filter((member) => !member.includes('?')) ?? [];
  return whole.length > 0 ? whole : members;
}
