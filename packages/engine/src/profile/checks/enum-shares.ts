import type { Options } from '../../types/field-type.ts';

/** The share of each value of an enum, null among them, by its options. */
export function weightsOfEnum(options: Options): { readonly value: unknown; readonly share: number }[] {
  const { values, weights, distribution, exponent } = options as {
    values: readonly unknown[];
    weights?: readonly number[] | Readonly<Record<string, number>>;
    distribution?: string;
    exponent?: number;
  };
  const all = values.map((value, i) => {
    if (distribution === 'zipf') return (i + 1) ** -(exponent ?? 1);
    if (weights === undefined) return 1;
    if (Array.isArray(weights)) return (weights as readonly number[])[i] ?? 0;
    const map = weights as Readonly<Record<string, number>>;
    return Object.hasOwn(map, String(value)) ? (map[String(value)] ?? 0) : 0;
  });
  const sum = all.reduce((a, b) => a + b, 0);
  return values.map((value, i) => ({ value, share: (all[i] ?? 0) / sum }));
}

/** The same by the values' JSON. */
export function sharesOfEnum(options: Options): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  for (const { value, share } of weightsOfEnum(options)) {
    const json = JSON.stringify(value);
    shares.set(json, (shares.get(json) ?? 0) + share);
  }
  return shares;
}
