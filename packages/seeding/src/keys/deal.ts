/** How rows are dealt to parents. */
export interface Deal {
  /** Rows in all. */
  readonly rows: number;
  parent(row: number): number;
  /** The place of a row among those of its parent, from 0. */
  rank(row: number): number;
}

/** Each of n parents takes min to max rows. Neighbours differ, and every number comes as often as the others. */
export function dealRange(min: number, max: number, parents: number): Deal {
  const shares = sharesOf(min, max);
  const starts = [0];
  for (const share of shares) starts.push((starts.at(-1) as number) + share);
  const cycle = starts.at(-1) as number;
  const parentAt = new Uint32Array(cycle);
  for (const [i, share] of shares.entries()) parentAt.fill(i, starts[i], (starts[i] as number) + share);
  const rest = starts[parents % shares.length] as number;
  return {
    rows: Math.floor(parents / shares.length) * cycle + rest,
    parent: (row) => Math.floor(row / cycle) * shares.length + (parentAt[row % cycle] as number),
    rank: (row) => (row % cycle) - (starts[parentAt[row % cycle] as number] as number),
  };
}

/** All numbers from min to max: the least, the greatest, the next least and so on, so that two neighbours are about average. */
function sharesOf(min: number, max: number): number[] {
  const shares: number[] = [];
  for (let [low, high] = [min, max]; low <= high; low++, high--) shares.push(...(low === high ? [low] : [high, low]));
  return shares;
}

/** Each of n parents takes as many rows as the others, or one more. */
export function dealEvenly(rows: number, parents: number): Deal {
  const parent = (row: number): number => Math.floor((row * parents) / rows);
  return { rows, parent, rank: (row) => row - Math.ceil((parent(row) * rows) / parents) };
}
