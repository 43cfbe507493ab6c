/** Characters of a piece, about; a text is never in two. */
const PIECE = 64 * 1024;

/**
 * A value as `JSON.stringify` writes it, in pieces: whoever takes them can do something else in between.
 * @param plain what is written in place of a value, as a replacer of `JSON.stringify` says
 */
export function* jsonPieces(value: unknown, plain: (value: unknown) => unknown): Generator<string> {
  let piece = '';
  for (const token of tokens(value, '', plain)) {
    piece += token;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

/** Nothing for what JSON leaves out. */
function* tokens(given: unknown, key: string, plain: (value: unknown) => unknown): Generator<string> {
  const value = plain(hasOwnJson(given) ? given.toJSON(key) : given);
  if (typeof value !== 'object' || value === null) {
    const text = JSON.stringify(value);
    if (text !== undefined) yield text;
    return;
  }
  const isArray = Array.isArray(value);
  let mark = isArray ? '[' : '{';
  for (const [at, one] of isArray ? value.entries() : Object.entries(value)) {
    let before = isArray ? mark : `${mark}${JSON.stringify(at)}:`;
    for (const token of tokens(one, String(at), plain)) {
      yield before + token;
      before = '';
    }
    // Left out: in a list its place stays.
    if (before !== '' && isArray) yield `${before}null`;
    if (before === '' || isArray) mark = ',';
  }
  yield `${mark === ',' ? '' : mark}${isArray ? ']' : '}'}`;
}

const hasOwnJson = (value: unknown): value is { toJSON(key: string): unknown } =>
  typeof value === 'object' && value !== null && 'toJSON' in value && typeof value.toJSON === 'function';
