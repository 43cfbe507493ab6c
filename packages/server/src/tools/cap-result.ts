/** Most bytes of a result, as JSON: more floods what a model can remember. */
export const MOST_RESULT_BYTES = 256 * 1024;
/** Most characters of one text within a result that is too large. */
const MOST_TEXT = 4096;

/**
 * A result that is no larger than it may be: the longest lists in it lose their ends, then the longest texts theirs.
 * @returns whether anything was taken away
 */
export function capResult<T>(result: T, most = MOST_RESULT_BYTES): { readonly value: T; readonly truncated: boolean } {
  if (sizeOf(result) <= most) return { value: result, truncated: false };
  let value: unknown = result;
  // Each round takes away at least half of the largest list, so rounds are few.
  for (let round = 0; round < 64 && sizeOf(value) > most; round++) {
    const largest = largestList(value);
    value = largest === undefined ? shortenTexts(value, MOST_TEXT) : replace(value, largest, most);
  }
  // What is left is keys alone, which no tool makes so many of.
  return { value: (sizeOf(value) > most ? {} : value) as T, truncated: true };
}

const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? '');

/** The list that has the most bytes and more than one item: the outermost one, where one is within another. */
function largestList(value: unknown): readonly unknown[] | undefined {
  let best: { readonly list: readonly unknown[]; readonly size: number } | undefined;
  const look = (one: unknown): void => {
    if (typeof one !== 'object' || one === null) return;
    if (Array.isArray(one) && one.length > 1) {
      const size = sizeOf(one);
      if (best === undefined || size > best.size) best = { list: one, size };
      return;
    }
    for (const inner of Object.values(one)) look(inner);
  };
  look(value);
  return best?.list;
}

/** The same value with a list in it cut to what fits into half of the room, at least one item. */
function replace(value: unknown, list: readonly unknown[], most: number): unknown {
  if (value === list) return firstOf(list, most);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => replace(one, list, most));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replace(inner, list, most)]));
}

function firstOf(list: readonly unknown[], most: number): readonly unknown[] {
  const half = Math.min(most / 2, sizeOf(list) / 2);
  let size = 2;
  let count = 0;
  while (count < list.length - 1) {
    size += sizeOf(list[count]) + 1;
    if (size > half) break;
    count++;
  }
  return list.slice(0, Math.max(1, count));
}

function shortenTexts(value: unknown, most: number): unknown {
  if (typeof value === 'string') return value.length > most ? `${value.slice(0, most)}…` : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => shortenTexts(one, most));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shortenTexts(inner, most)]));
}
