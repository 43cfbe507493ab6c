/** Names and how many of a million people bear each: only names that public figures tell of, each once, sorted. */
export interface NameTable {
  readonly names: readonly string[];
  readonly weights: readonly number[];
}

/** A file of the data folder. Built by scripts/locales/figures.mjs. */
export interface NameFigures {
  /** Whose figures they are. */
  readonly sources: { readonly given: string; readonly last?: string };
  /** No name is in both lists; together they are all people. */
  readonly female: NameTable;
  readonly male: NameTable;
  /** No two have the same slug. */
  readonly last?: NameTable;
}
