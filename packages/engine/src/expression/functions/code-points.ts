/**
 * Positions in texts count code points, so that no character is cut in half. Most texts have no surrogate pairs; for them
 * both counts agree and the slice of the host is enough.
 */
export function countCodePoints(text: string): number {
  let count = text.length;
  for (let i = 0; i < text.length; i++) if (isPair(text, i)) count -= 1;
  return count;
}

/** The code points from `start` to before `end`, both already within 0 and the length. */
export function sliceCodePoints(text: string, start: number, end: number): string {
  const from = unitOffset(text, 0, start);
  return text.slice(from, unitOffset(text, from, end - start));
}

/** Where the code point `count` places behind the offset `from` begins, or the end of the text. */
function unitOffset(text: string, from: number, count: number): number {
  let at = from;
  for (let left = count; left > 0 && at < text.length; left--) at += isPair(text, at) ? 2 : 1;
  return at;
}

function isPair(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (unit < 0xd800 || unit > 0xdbff) return false;
  const next = text.charCodeAt(at + 1);
  return next >= 0xdc00 && next <= 0xdfff;
}
