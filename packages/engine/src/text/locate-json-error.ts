/** Where a text stops being JSON. */
export interface JsonErrorPlace {
  /** In UTF-16 units, from 0; the text's length when it ends too early. */
  readonly offset: number;
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
}

const TOKEN =
  /\s*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)|$)/y;

/**
 * The place of the first error in a text that JSON.parse refused: its own messages do not always tell. Linear in the text.
 */
export function locateJsonError(text: string): JsonErrorPlace {
  // What may come next: a value, a key, a colon, or what ends or goes on with a value.
  let expected: 'value' | 'value or ]' | 'key' | 'key or }' | 'colon' | 'next' = 'value';
  const open: ('{' | '[')[] = [];
  const afterValue = (): void => {
    expected = 'next';
  };
  TOKEN.lastIndex = 0;
  for (;;) {
    const start = skipBlanks(text, TOKEN.lastIndex);
    const match = TOKEN.exec(text);
    if (match === null || (TOKEN.lastIndex === text.length && match[0].trim() === '')) return placeOf(text, start);
    const [, mark, string, literal] = match;
    const isValue = string !== undefined || literal !== undefined;
    if (expected === 'value' || expected === 'value or ]') {
      if (isValue) afterValue();
      else if (mark === '{') {
        open.push('{');
        expected = 'key or }';
      } else if (mark === '[') {
        open.push('[');
        expected = 'value or ]';
      } else if (mark === ']' && expected === 'value or ]') {
        open.pop();
        afterValue();
      } else return placeOf(text, start);
    } else if (expected === 'key' || expected === 'key or }') {
      if (string !== undefined) expected = 'colon';
      else if (mark === '}' && expected === 'key or }') {
        open.pop();
        afterValue();
      } else return placeOf(text, start);
    } else if (expected === 'colon') {
      if (mark !== ':') return placeOf(text, start);
      expected = 'value';
    } else {
      const inside = open.at(-1);
      if (mark === ',' && inside !== undefined) expected = inside === '{' ? 'key' : 'value';
      else if ((mark === '}' && inside === '{') || (mark === ']' && inside === '[')) open.pop();
      else return placeOf(text, start);
    }
  }
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text[at] ?? '')) at++;
  return at;
}

function placeOf(text: string, offset: number): JsonErrorPlace {
  const before = text.slice(0, offset).split('\n');
  return { offset, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
