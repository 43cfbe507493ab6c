const SPECIFIER = /^\s*(===|==|~=|!=|<=|>=|<|>)\s*(\d+(?:\.\d+)*)(\.\*)?\s*$/;

/**
 * Whether a Python is one that `requires-python` allows (PEP 440, of which versions of Python need numbers only).
 * @param version such as `3.12.4`
 * @param requires such as `>=3.11,<4`
 */
export function pythonFits(version: string, requires: string): boolean {
  const has = version.split('.').map(Number);
  return requires
    .replace(/[()]/g, '')
    .split(',')
    .every((part) => {
      const [, operator = '', wanted = '', star] = SPECIFIER.exec(part) ?? [];
      if (operator === '') return true;
      const numbers = wanted.split('.').map(Number);
      const isLike = compare(has.slice(0, numbers.length), numbers) === 0;
      const order = compare(has, numbers);
      switch (operator) {
        case '==':
        case '===':
          return star === undefined ? order === 0 : isLike;
        case '!=':
          return star === undefined ? order !== 0 : !isLike;
        case '~=':
          return order >= 0 && compare(has.slice(0, numbers.length - 1), numbers.slice(0, -1)) === 0;
        case '<=':
          return order <= 0;
        case '>=':
          return order >= 0;
        case '<':
          return order < 0;
        default:
          return order > 0;
      }
    });
}

/** Shorter ones go on with zeros. */
function compare(one: readonly number[], other: readonly number[]): number {
  for (let at = 0; at < Math.max(one.length, other.length); at++) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
