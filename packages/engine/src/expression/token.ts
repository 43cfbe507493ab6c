/** The signs of the language, longest first. */
export const SIGNS = [
  ...['==', '!=', '<=', '>=', '&&', '||', '??', '**'],
  ...['+', '-', '*', '/', '%', '<', '>', '!', '?', ':', ',', '.', '(', ')', '[', ']', '{', '}'],
] as const;

export type Sign = (typeof SIGNS)[number];

export type Token = { readonly offset: number; readonly length: number } & (
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'name'; readonly value: string }
  /** A name in backticks: never a keyword or a function. */
  | { readonly kind: 'quoted'; readonly value: string }
  | { readonly kind: 'sign'; readonly value: Sign }
  | { readonly kind: 'end' }
);
