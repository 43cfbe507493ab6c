import { splitPattern } from '../split-pattern.ts';

const CLASSES: Readonly<Record<string, string>> = {
  '#': '0123456789',
  N: '23456789',
  A: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  B: 'ABDEFGHJLNPQRSTUWXYZ',
};

/** `count` texts of a pattern, spread over what it allows, the same in every run. */
export function fillPattern(pattern: string, count: number): string[] {
  const { head, tail } = splitPattern(pattern);
  let state = 1;
  const next = (below: number): number => {
    // Park and Miller's minimal standard generator; its high bits are good enough to spread.
    state = (state * 48271) % 2147483647;
    return Math.floor((state / 2147483647) * below);
  };
  return Array.from({ length: count }, () => {
    const letters = Array.from(tail, (c) => {
      const from = CLASSES[c];
      return from === undefined ? c : from.charAt(next(from.length));
    });
    return head + letters.join('');
  });
}
