import type { LogPart } from './log-reader.ts';

/** A line of a log, or the end of one that begins before. */
export interface LogLine {
  /** With the line end, if it has one. */
  readonly bytes: Buffer;
  /** Where the log goes on behind it. */
  readonly end: number;
  readonly isWhole: boolean;
}

/**
 * The lines of a log, whose parts may be cut anywhere.
 * @param each sees them in order; those that came together at once, and whether more of the last one may come
 */
export async function* linesOf(parts: AsyncIterable<LogPart>): AsyncGenerator<LogLine[]> {
  let open: Buffer[] = [];
  let at = 0;
  for await (const { firstByte, bytes } of parts) {
    const lines: LogLine[] = [];
    let from = 0;
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, from)) {
      const rest = bytes.subarray(from, end + 1);
      lines.push({
        bytes: open.length === 0 ? rest : Buffer.concat([...open, rest]),
        end: firstByte + end + 1,
        isWhole: true,
      });
      open = [];
      from = end + 1;
    }
    if (from < bytes.length) open.push(bytes.subarray(from));
    at = firstByte + bytes.length;
    if (open.length > 1) open = [Buffer.concat(open)];
    const [part] = open;
    if (part !== undefined) lines.push({ bytes: part, end: at, isWhole: false });
    yield lines;
  }
}
