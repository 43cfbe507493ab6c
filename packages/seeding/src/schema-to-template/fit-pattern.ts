/** One character of a pattern, or what stands for one, and how often it comes. */
const PART = /(\\.|\[(?:\\.|[^\]])*\]|[^\\()[\]{}|*+?^$])(?:([?*+])|\{(\d+)(?:(,)(\d*))?\})?/gsuy;
/** How often something comes that may come any number of times: some, and not many. */
const SOME = 2;
const MANY = 6;

interface Part {
  readonly atom: string;
  readonly least: number;
  readonly most: number;
}

/**
 * A pattern of which all texts match another and have a length: what comes a varying number of times comes as often as there is room. Only
 * patterns that are a row of characters are fitted.
 * @param least characters
 * @param most characters, `Infinity` where there is no bound
 * @returns undefined: it is no such pattern, or none of its texts has such a length
 */
export function fitPattern(pattern: string, least: number, most: number): string | undefined {
  const parts = partsOf(pattern);
  if (parts === undefined) return undefined;
  const shortest = parts.reduce((sum, part) => sum + part.least, 0);
  const longest = parts.reduce((sum, part) => sum + part.most, 0);
  if (shortest > most || longest < least) return undefined;
  const from = spread(parts, least - shortest);
  const room = spread(parts, Math.min(most - shortest, Math.max(least - shortest, 0) + MANY * parts.length));
  const fitted = parts.map((part, at) => {
    const isOpen = part.most === Number.POSITIVE_INFINITY;
    const to = isOpen
      ? Math.min(room[at] as number, Math.max(MANY, from[at] as number, part.least))
      : (room[at] as number);
    const first = isOpen ? Math.max(from[at] as number, Math.min(SOME, to)) : (from[at] as number);
    return part.atom + quantifier(first, to);
  });
  return `^${fitted.join('')}$`;
}

function partsOf(pattern: string): readonly Part[] | undefined {
  const inner = /^\^(.*)\$$/s.exec(pattern)?.[1];
  if (inner === undefined) return undefined;
  const parts: Part[] = [];
  let end = 0;
  for (const { 0: whole, 1: atom = '', 2: sign, 3: from, 4: comma, 5: to } of inner.matchAll(PART)) {
    end += whole.length;
    const least = from === undefined ? (sign === '+' || sign === undefined ? 1 : 0) : Number(from);
    const isOpen = sign === '*' || sign === '+' || (comma !== undefined && to === '');
    const last = sign === '?' || sign === undefined ? 1 : 0;
    const most = isOpen
      ? Number.POSITIVE_INFINITY
      : from === undefined
        ? last
        : Number(comma === undefined ? from : to);
    parts.push({ atom, least, most });
  }
  return end === inner.length ? parts : undefined;
}

/** How often each part comes when so many more characters than the fewest are shared out, one to each in turn. */
function spread(parts: readonly Part[], characters: number): readonly number[] {
  const times = parts.map(({ least }) => least);
  let left = characters;
  for (let isSpread = true; left > 0 && isSpread; ) {
    isSpread = false;
    for (const [at, { most }] of parts.entries()) {
      if (left === 0 || (times[at] as number) >= most) continue;
      times[at] = (times[at] as number) + 1;
      left -= 1;
      isSpread = true;
    }
  }
  return times;
}

const quantifier = (from: number, to: number): string =>
  from === 1 && to === 1 ? '' : from === to ? `{${from}}` : `{${from},${to}}`;
