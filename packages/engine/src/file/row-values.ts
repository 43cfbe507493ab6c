const decoder = new TextDecoder();

/**
 * The values of rows framed as JSON lists, each with a comma behind it (`[1,"a"],[2,"b"],`), chunk by chunk: a chunk's rows are
 * all that is held.
 */
export function* rowValues(chunks: Iterable<Uint8Array>): Generator<readonly (readonly unknown[])[]> {
  for (const chunk of chunks) {
    if (chunk.length > 0) yield JSON.parse(`[${decoder.decode(chunk.subarray(0, -1))}]`) as unknown[][];
  }
}
