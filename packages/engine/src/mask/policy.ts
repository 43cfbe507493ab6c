/** What can be done with a value. */
export const STRATEGIES = ['replace', 'format-preserve', 'redact', 'shift', 'hash', 'tokenize', 'preserve'] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** Other names of strategies. */
export const STRATEGY_ALIASES: Readonly<Record<string, Strategy>> = {
  'faker-replace': 'replace',
  'preserve-format': 'format-preserve',
};

/** Strategies that a key decides: the same value becomes the same under the same key. */
export const isKeyed = (strategy: Strategy): boolean =>
  strategy === 'format-preserve' || strategy === 'shift' || strategy === 'hash' || strategy === 'tokenize';

/** What happens to one field. */
export interface MaskRule {
  /** `email`, `address.city`, `items[*].email`, `phones[*]`. */
  readonly field: string;
  /** JSON pointer to the rule in the policy. */
  readonly pointer: string;
  readonly strategy: Strategy;
  /** Whether rows may go without the field altogether; otherwise a field that no row has is taken for a slip. */
  readonly optional: boolean;
  /** redact: what stands in its place. */
  readonly token: string;
  /** shift: at most so many days back or forth. */
  readonly days: number;
  /** shift: the field whose value decides by how much, so that the intervals of one entity survive. */
  readonly per: string | undefined;
  /** shift: how the date is written, such as DD.MM.YYYY; undefined for ISO 8601. */
  readonly format: string | undefined;
  /** hash: hexadecimal digits; tokenize: characters behind the prefix. */
  readonly length: number;
  /** tokenize: what a token begins with. */
  readonly prefix: string;
  /** replace: the type of the fake; undefined for the template's, or the one that the field's name or values suggest. */
  readonly type: string | undefined;
  /** replace: options of that type. */
  readonly options: Readonly<Record<string, unknown>> | undefined;
}

export interface MaskPolicy {
  readonly name: string;
  readonly rules: readonly MaskRule[];
}
