const MAX_NAME = 128;

/** What is wrong with the name of a counter, in words; undefined: nothing. */
export function problemOfCounterName(name: string): string | undefined {
  if (name === '' || name.length > MAX_NAME) return `a name has 1 to ${MAX_NAME} characters`;
  return name.isWellFormed() && !/\p{Cc}/u.test(name) ? undefined : 'a name has no control characters';
}
