import { linesOf } from './lines-of.ts';
import type { LogPart } from './log-reader.ts';

/**
 * Some lines of a log.
 * @param first number of the line that it begins with, counted from 0
 * @param most how many lines are wanted
 * @param search only those with this text in them, whatever its case, each with its number before it
 */
export async function* takeLines(
  parts: AsyncIterable<LogPart>,
  first: number,
  most = Number.POSITIVE_INFINITY,
  search?: string,
): AsyncGenerator<Buffer> {
  const wanted = search?.toLowerCase();
  let number = first;
  let left = most;
  let open: Buffer | undefined;
  const shown = (bytes: Buffer): Buffer | undefined => {
    number++;
    if (left <= 0) return undefined;
    if (wanted !== undefined && !bytes.toString().toLowerCase().includes(wanted)) return undefined;
    left--;
    return wanted === undefined ? bytes : Buffer.concat([Buffer.from(`${number}:`), bytes]);
  };
  for await (const lines of linesOf(parts)) {
    const found: Buffer[] = [];
    open = undefined;
    for (const { bytes, isWhole } of lines) {
      const line = isWhole ? shown(bytes) : undefined;
      if (line !== undefined) found.push(line);
      if (!isWhole) open = bytes;
    }
    if (found.length > 0) yield Buffer.concat(found);
    if (left <= 0) return;
  }
  const last = open && shown(open);
  if (last !== undefined) yield last;
}
