/** Entries of a list by their length. */
export type ByLength = ReadonlyMap<number, ReadonlySet<string>>;

const known = new WeakMap<readonly string[], Map<string, ByLength>>();

/** The entries from one place of a list to another, both included, by their length; made once a list. */
export function entriesWithin(list: readonly string[], from: number, to: number): ByLength {
  const ofList = known.get(list) ?? new Map<string, ByLength>();
  known.set(list, ofList);
  const key = `${from} ${to}`;
  let found = ofList.get(key);
  if (found === undefined) {
    const byLength = new Map<number, Set<string>>();
    for (let i = from; i <= to; i++) {
      const entry = list[i] ?? '';
      const others = byLength.get(entry.length);
      if (others === undefined) byLength.set(entry.length, new Set([entry]));
      else others.add(entry);
    }
    found = byLength;
    ofList.set(key, found);
  }
  return found;
}
