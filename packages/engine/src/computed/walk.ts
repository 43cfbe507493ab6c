import type { Maker } from './makers.ts';

type Transitions = Readonly<Record<string, readonly string[] | Readonly<Record<string, number>>>>;

/** Digits of a chance in the input. */
const WIDTH = 6;

/** Walks through the states of a process: from `<steps> <chances of six digits each>` to the last state, or all of them. */
export function walk(options: Readonly<Record<string, unknown>>): Maker {
  const { transitions, start, output } = options as { transitions: Transitions; start: string; output: string };
  const ways = new Map(Object.entries(transitions).map(([state, next]) => [state, cumulated(next)]));
  return (input) => {
    const [steps = '', chances = ''] = input.split(' ');
    const history = [start];
    for (let i = 0; i < Number(steps); i++) {
      const way = ways.get(history.at(-1) ?? '');
      if (way === undefined || way.length === 0) break;
      const chance = Number(chances.slice(i * WIDTH, (i + 1) * WIDTH)) / 10 ** WIDTH;
      const next = way.find(({ upTo }) => chance < upTo) ?? way.at(-1);
      history.push(next?.state ?? '');
    }
    return output === 'history' ? history : history.at(-1);
  };
}

/** Next states with the share of chances up to and with each. States of weight 0 are never entered. */
function cumulated(next: Transitions[string]): readonly { state: string; upTo: number }[] {
  const entries: readonly (readonly [string, number])[] = Array.isArray(next)
    ? next.map((state): [string, number] => [state, 1])
    : Object.entries(next).filter(([, weight]) => weight > 0);
  const sum = entries.reduce((total, [, weight]) => total + weight, 0);
  let upTo = 0;
  return entries.map(([state, weight]) => {
    upTo += weight / sum;
    return { state, upTo };
  });
}
