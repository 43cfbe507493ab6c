export interface LocaleData {
  readonly code: string;
  readonly label: string;
  readonly language: string;
  readonly country: string | null;
  readonly person: {
    readonly female: readonly string[];
    readonly male: readonly string[];
    readonly last: readonly string[];
  };
  readonly street: { readonly pattern: string; readonly numberMax: number; readonly names: readonly string[] };
  readonly company: { readonly patterns: readonly string[]; readonly suffixes: readonly string[] };
  readonly jobTitles: readonly string[];
  readonly words: readonly string[];
}
