import type { QuantileTable } from '../plan/program.ts';

const STEPS = 1024;
/** Probabilities closer to 0 or 1 than this are treated as this: quantile functions may be infinite there. */
const EDGE = 2 ** -22;

/**
 * Tabulates a quantile function for the kernel: 1024 steps, and 1024 finer ones in each of the two outermost.
 * @param quantile the value at a probability in (0, 1), in the unit of the integers drawn
 * @param min @param max bounds of the integers drawn; values outside are clamped
 */
export function quantileTable(quantile: (p: number) => number, min: number, max: number): QuantileTable {
  const at = (p: number): number => {
    const value = quantile(Math.min(1 - EDGE, Math.max(EDGE, p)));
    // Far outside values would only cost precision in the interpolation; they end up clamped anyway.
    return Math.min(max + 1, Math.max(min - 1, value));
  };
  const steps = (f: (i: number) => number): number[] => Array.from({ length: STEPS + 1 }, (_, i) => f(i));
  return {
    main: steps((i) => at(i / STEPS)),
    low: steps((i) => at(i / STEPS / STEPS)),
    high: steps((i) => at(1 - (STEPS - i) / STEPS / STEPS)),
    min,
    max,
  };
}
