/** The numbers before the lines of a log that were found. Only `\n` ends a line: what looks like a number behind a `\r` is of the text. */
export const numbersOf = (found: string): readonly number[] =>
  found.split('\n').flatMap((line) => /^\d+(?=:)/.exec(line)?.map(Number) ?? []);
