/** The name itself, or with the first number that makes it a new one; it counts as taken from then on. */
export function firstFree(name: string, taken: Set<string>): string {
  let free = name;
  for (let number = 2; taken.has(free); number++) free = `${name}_${number}`;
  taken.add(free);
  return free;
}
