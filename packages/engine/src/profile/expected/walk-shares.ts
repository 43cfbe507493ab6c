type Transitions = Readonly<Record<string, readonly string[] | Readonly<Record<string, number>>>>;

/** The states of a process, and which of them may follow one. */
export interface States {
  readonly start: string;
  readonly all: ReadonlySet<string>;
  next(state: string): ReadonlyMap<string, number>;
}

/** States by the options of the type `state_machine`, of weight 0 none; only those that can be reached. */
export function statesOf(options: Readonly<Record<string, unknown>>): States {
  const transitions = options['transitions'] as Transitions;
  const start = String(options['start']);
  const next = (state: string): ReadonlyMap<string, number> => {
    const given = Object.hasOwn(transitions, state) ? transitions[state] : undefined;
    const weights = Array.isArray(given)
      ? (given as readonly string[]).map((one): [string, number] => [one, 1])
      : Object.entries((given ?? {}) as Readonly<Record<string, number>>).filter(([, weight]) => weight > 0);
    const sum = weights.reduce((total, [, weight]) => total + weight, 0);
    const shares = new Map<string, number>();
    for (const [one, weight] of weights) shares.set(one, (shares.get(one) ?? 0) + weight / sum);
    return shares;
  };
  const all = new Set([start]);
  for (const state of all) for (const one of next(state).keys()) all.add(one);
  return { start, all, next };
}

/**
 * The share of each state after a number of steps that is as likely from `min` to `max`, where a state without a next one stays.
 */
export function walkShares(states: States, min: number, max: number): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  let now = new Map([[states.start, 1]]);
  for (let step = 0; step <= max; step++) {
    if (step >= min) for (const [state, p] of now) shares.set(state, (shares.get(state) ?? 0) + p / (max - min + 1));
    const after = new Map<string, number>();
    for (const [state, p] of now) {
      const next = states.next(state);
      if (next.size === 0) after.set(state, (after.get(state) ?? 0) + p);
      for (const [one, share] of next) after.set(one, (after.get(one) ?? 0) + p * share);
    }
    now = after;
  }
  return shares;
}
