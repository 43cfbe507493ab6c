/** What a profile says of rows. Plain data, made to be drawn. */
export interface Profile {
  readonly rows: number;
  readonly fields: readonly FieldProfile[];
  /** Whether there were more fields than are told of. */
  readonly truncated: boolean;
}

export interface FieldProfile {
  /** `address.city`, `items[*].price`; `[*]` stands for each element of a list. */
  readonly path: string;
  /** Of the template; absent where there is none. */
  readonly type?: string;
  /** Values, nulls among them: rows, or for what is in a list, elements. */
  readonly count: number;
  readonly nulls: number;
  /** How many values are of which kind. */
  readonly kinds: Readonly<Partial<Record<Kind, number>>>;
  /** Different values; `error` is the relative standard error where they are estimated. */
  readonly distinct: { readonly value: number; readonly exact: boolean; readonly error?: number };
  readonly numbers?: NumberProfile;
  /** Where all texts are ISO dates or moments. */
  readonly dates?: DateProfile;
  /** Characters of texts; elements of lists. */
  readonly lengths?: { readonly min: number; readonly max: number; readonly mean: number };
  readonly histogram?: HistogramProfile;
  /** The commonest values, as JSON. Counts are exact unless `error` says how much too low they may be. */
  readonly top: CommonProfile;
  /** The commonest shapes of texts: A an upper-case letter, a another, 9 a digit. */
  readonly patterns?: CommonProfile;
  /** What the template promises against what there is. */
  readonly checks: readonly Check[];
}

export type Kind = 'text' | 'number' | 'boolean' | 'object' | 'list';

export interface NumberProfile {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly stddev: number;
  readonly quantiles: Readonly<Record<string, number>>;
}

/** As ISO 8601. */
export interface DateProfile {
  readonly min: string;
  readonly max: string;
  readonly mean: string;
  readonly quantiles: Readonly<Record<string, string>>;
}

export interface HistogramProfile {
  /** Of dates, `from` and `to` are milliseconds since the epoch. */
  readonly of: 'numbers' | 'dates' | 'lengths';
  readonly bins: readonly { readonly from: number; readonly to: number; readonly count: number }[];
}

export interface CommonProfile {
  readonly values: readonly { readonly value: string; readonly count: number; readonly share: number }[];
  readonly error: number;
}

/** One promise of the template. */
export interface Check {
  /** Stable, snake_case. */
  readonly name: string;
  /** What was looked at, in words. */
  readonly what: string;
  readonly expected: number | string;
  readonly got: number | string;
  /** How far `got` may be from `expected`: 0, or what chance may do in all but 1 of 16,000 checks. */
  readonly tolerance: number;
  readonly ok: boolean;
  /** The first value that is not as it should be, as JSON, where single values are looked at and one is not. */
  readonly example?: string;
}
