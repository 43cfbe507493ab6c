import type { Reader } from './reader.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_';
const NAME = `${LETTERS}0123456789`;

/** What `(?…` may start, longest first: the construct as it is called, and what to do instead. */
const UNSUPPORTED: readonly (readonly [string, string, string])[] = [
  ['(?<=', 'look-behind', 'write the text itself, it is generated like the rest'],
  ['(?<!', 'negative look-behind', 'write the allowed text instead, such as a class without the forbidden characters'],
  ['(?=', 'look-ahead', 'write the text itself, it is generated like the rest'],
  ['(?!', 'negative look-ahead', 'write the allowed text instead, such as a class without the forbidden characters'],
  ['(?>', 'an atomic group', 'write (?: )'],
  ['(?|', 'a branch reset', 'write (?: )'],
  ['(?(', 'a conditional', 'write both cases with |'],
  ['(?P=', 'a named back-reference', 'repeat the group itself, or derive the second field from the first'],
  ['(?P>', 'a recursive call', 'repeat the group itself'],
  ['(?&', 'a recursive call', 'repeat the group itself'],
  ['(?R', 'a recursive call', 'repeat the group itself'],
  ['(?#', 'a comment', 'leave it out'],
];

/** Reads the opening of a group, the reader standing on its `(`; what follows is read as the group's content. */
export function openGroup(reader: Reader): void {
  const start = reader.offset;
  if (!reader.at('(?')) {
    reader.eat('(');
    return;
  }
  if (reader.eat('(?:')) return;
  for (const [opening, name, hint] of UNSUPPORTED) {
    if (!reader.eat(opening)) continue;
    // The condition is a group of its own, with its own `)`.
    if (opening === '(?(') reader.offset--;
    reader.report('unsupported_pattern', start, `${name} ${opening}…) is not supported`, hint);
    return;
  }
  if (reader.eat('(?<') || reader.eat('(?P<')) {
    openNamedGroup(reader, start);
    return;
  }
  reader.eat('(?');
  if (reader.takeWhile('+-0123456789', 4) !== '' && reader.at(')')) {
    reader.report('unsupported_pattern', start, 'a recursive call is not supported', 'repeat the group itself');
    return;
  }
  reader.takeWhile(`-^${LETTERS}`, 10);
  if (reader.eat(':') || reader.at(')')) {
    const text = reader.source.slice(start, reader.offset);
    const hint = 'set the flags beside the pattern (only i is known), or write both cases, such as [aA]';
    reader.report('unsupported_pattern', start, `inline flags ${text} are not supported`, hint);
    return;
  }
  reader.report('invalid_pattern', start, 'unknown kind of group', 'write ( ), (?: ) or (?<name> )');
}

function openNamedGroup(reader: Reader, start: number): void {
  const first = reader.takeWhile(LETTERS, 1);
  const name = first + reader.takeWhile(NAME, reader.source.length);
  if (first === '' || !reader.eat('>')) {
    reader.report(
      'invalid_pattern',
      start,
      'malformed group name',
      'write (?<name> ) with ASCII letters, digits and _',
    );
  } else if (reader.groupNames.has(name)) {
    reader.report('invalid_pattern', start, `two groups are named ${name}`, 'give each group its own name');
  }
  reader.groupNames.add(name);
}
