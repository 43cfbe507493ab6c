/**
 * Takes a pattern of a place apart: the head is literal text, already unescaped; the tail starts at the first wildcard.
 * Only heads have escapes: tails are few, and a switch of the kernel.
 */
export function splitPattern(pattern: string): { readonly head: string; readonly tail: string } {
  const literal = /^(?:\\.|[^#NAB\\])*/.exec(pattern)?.[0] ?? '';
  return { head: literal.replace(/\\(.)/g, '$1'), tail: pattern.slice(literal.length) };
}
