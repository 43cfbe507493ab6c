const even = new Map<number, readonly number[]>();

/** The shares of so many outcomes that are equally likely. */
export function evenly(below: number): readonly number[] {
  let shares = even.get(below);
  if (shares === undefined) {
    shares = new Array<number>(below).fill(1 / below);
    if (even.size < 100) even.set(below, shares);
  }
  return shares;
}
