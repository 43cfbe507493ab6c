import type { Label } from './labels.ts';

/** What values of a label look like. */
export interface Rule {
  /** One value by itself. */
  readonly one: (value: unknown) => boolean;
  /** What only the column shows: that a closed set repeats, that names differ. Given the values that are present. */
  readonly all?: (values: readonly unknown[]) => boolean;
}

export type Rules = Readonly<Partial<Record<Label, Rule>>>;
