/** Where a text stops being a list of JSON. */
export class NotAList extends Error {
  /** From 1. */
  readonly line: number;

  constructor(line: number, reason: string) {
    super(reason);
    this.line = line;
  }
}

/**
 * The texts of the elements of a JSON list, without holding more than one. Only brackets, quotes and commas are looked at; the
 * elements are parsed by the caller.
 * @param limit most characters of an element
 * @throws NotAList
 */
export async function* splitJson(
  pieces: AsyncIterable<string>,
  limit: number,
): AsyncGenerator<{ text: string; line: number }> {
  let depth = 0;
  let inString = false;
  let escaped = false;
  let ended = false;
  let elements = 0;
  let line = 1;
  /** Line in which the element begins; 0 before its first character. */
  let begun = 0;
  let held = '';
  for await (const piece of pieces) {
    let start = 0;
    for (let i = 0; i < piece.length; i++) {
      const c = piece.charCodeAt(i);
      if (c === 0x0a) line++;
      if (inString) {
        if (escaped) escaped = false;
        else if (c === 0x5c) escaped = true;
        else if (c === 0x22) inString = false;
        continue;
      }
      if (c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09) continue;
      if (depth > 0 && begun === 0) begun = line;
      if (depth === 0) {
        if (ended || c !== 0x5b) throw new NotAList(line, ended ? 'something follows the list' : 'a list was expected');
        depth = 1;
        start = i + 1;
        begun = 0;
      } else if (c === 0x22) inString = true;
      else if (c === 0x7b || c === 0x5b) depth++;
      else if (c === 0x7d) depth--;
      else if (depth === 1 && (c === 0x2c || c === 0x5d)) {
        const text = (held + piece.slice(start, i)).trim();
        held = '';
        start = i + 1;
        // `[]` holds nothing; `[1,]` and `[,1]` hold an element that is no JSON.
        if (c === 0x2c || text !== '' || elements > 0) yield { text, line: begun };
        elements++;
        begun = 0;
        if (c === 0x5d) {
          depth = 0;
          ended = true;
        }
      } else if (c === 0x5d) depth--;
      if (depth < 1 && !ended) throw new NotAList(line, 'a bracket is closed that was not opened');
    }
    if (depth > 0) held += piece.slice(start);
    if (held.length > limit) throw new NotAList(begun || line, `an element has more than ${limit} characters`);
  }
  if (!ended) throw new NotAList(line, 'the list does not end');
}
