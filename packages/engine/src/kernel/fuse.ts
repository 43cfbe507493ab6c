import { byteLength } from '../text/utf8.ts';
import { lengthsOf } from './list-lengths.ts';
import type { Op } from './op.ts';

/** Copies of one list with different neighbours compete for the cache; larger lists keep to one copy. */
const FUSED_TABLE_LIMIT = 96 * 1024;

/**
 * Joins neighbouring constant texts, and stores a text with the list entries it follows or precedes where they fit the
 * table's stride: the separator then costs nothing.
 */
export function fuse(ops: readonly Op[]): Op[] {
  const out: Op[] = [];
  for (const op of ops) {
    const inner = fuseInside(op);
    if (!(inner.o === 'bytes' && absorb(out, inner.text))) out.push(inner);
    if (inner.o === 'pick') absorbBefore(out);
  }
  return out.filter((op) => op.o !== 'bytes' || op.text !== '');
}

function fuseInside(op: Op): Op {
  switch (op.o) {
    case 'switch':
      return { ...op, cases: op.cases.map(fuse) };
    case 'repeat':
      return { ...op, body: fuse(op.body), separator: fuse(op.separator) };
    case 'children':
    case 'elsewhere':
    case 'or empty':
    case 'guard':
    case 'quotes':
      return { ...op, body: fuse(op.body) };
    case 'nullable':
      return { ...op, ifNull: fuse(op.ifNull), otherwise: fuse(op.otherwise) };
    default:
      return op;
  }
}

/** Adds a text to the text or list before it; seams in between stay behind. */
function absorb(out: Op[], text: string): boolean {
  if (text === '') return true;
  let at = out.length - 1;
  while (at >= 0 && out[at]?.o === 'seam') at--;
  const previous = out[at];
  if (previous?.o === 'bytes') {
    out[at] = { o: 'bytes', text: previous.text + text };
    return true;
  }
  if (previous?.o === 'pick' && fits(previous.from, (previous.before ?? '') + (previous.after ?? ''), text)) {
    out[at] = { ...previous, after: (previous.after ?? '') + text };
    return true;
  }
  return false;
}

/** Moves a short text before a list into the list. */
function absorbBefore(out: Op[]): void {
  const pick = out.at(-1);
  let at = out.length - 2;
  while (at >= 0 && out[at]?.o === 'seam') at--;
  const previous = out[at];
  if (pick?.o !== 'pick' || previous?.o !== 'bytes' || !fits(pick.from, pick.after ?? '', previous.text)) return;
  out[out.length - 1] = { ...pick, before: previous.text };
  out.splice(at, 1);
}

function fits(from: readonly string[], present: string, extra: string): boolean {
  const { min, max } = lengthsOf(from);
  const room = min === max ? 0 : 1;
  const now = max + byteLength(present) + room;
  const then = now + byteLength(extra);
  const stride = now <= 8 ? 8 : now <= 16 ? 16 : 32;
  // Growing from 8 to 16 bytes is still one copy.
  const limit = Math.max(stride, 16);
  return then <= limit && from.length * limit <= FUSED_TABLE_LIMIT;
}
