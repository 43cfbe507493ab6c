/** A total as `numerator / scale`: one division, rounded once, gives the number that is written shortest. */
export interface Total {
  readonly numerator: number;
  readonly scale: number;
}

/** Whole numbers, amounts of money, and the most places that are kept exact. */
const SCALES = [1, 100, 1_000_000];

/**
 * Adds decimals as people do: 0.1 + 0.2 is 0.3. When every number has at most six decimal places and the total stays below
 * 2^53 of its smallest unit (9 * 10^9 with six places, 9 * 10^13 with two), it is added as whole numbers and is exact.
 * Otherwise by compensated summation: A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher
 * Summen", ZAMM 54 (1974).
 */
export function exactSum(numbers: readonly number[]): Total {
  for (const scale of SCALES) {
    const numerator = scaledSum(numbers, scale);
    if (numerator !== undefined) return { numerator, scale };
  }
  return { numerator: compensatedSum(numbers), scale: 1 };
}

function scaledSum(numbers: readonly number[], scale: number): number | undefined {
  let total = 0;
  for (const number of numbers) {
    const units = Math.round(number * scale);
    total += units;
    if (units / scale !== number || Math.abs(units) > Number.MAX_SAFE_INTEGER) return undefined;
    if (Math.abs(total) > Number.MAX_SAFE_INTEGER) return undefined;
  }
  return total;
}

function compensatedSum(numbers: readonly number[]): number {
  let total = 0;
  let lost = 0;
  for (const number of numbers) {
    const next = total + number;
    lost += Math.abs(total) >= Math.abs(number) ? total - next + number : number - next + total;
    total = next;
  }
  return Number.isFinite(lost) ? total + lost : total;
}
