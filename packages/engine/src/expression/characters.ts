/** Predicates on UTF-16 code units; NaN (past the end) is none of them. */
export const isDigit = (unit: number): boolean => unit >= 48 && unit <= 57;

export const isSpace = (unit: number): boolean =>
  unit === 32 || (unit >= 9 && unit <= 13) || unit === 0xa0 || unit === 0xfeff || unit === 0x2028 || unit === 0x2029;

/**
 * Names may be written in any script: everything from U+00C0 on is a letter, except the blocks of punctuation and
 * symbols, the private ones and what takes a surrogate pair. Other names are written in backticks.
 */
export const isNameStart = (unit: number): boolean =>
  (unit >= 97 && unit <= 122) ||
  (unit >= 65 && unit <= 90) ||
  unit === 95 ||
  unit === 36 ||
  (unit >= 0xc0 &&
    unit !== 0xd7 &&
    unit !== 0xf7 &&
    !(unit >= 0x2000 && unit <= 0x2bff) &&
    !(unit >= 0x3000 && unit <= 0x303f) &&
    !(unit >= 0xd800 && unit <= 0xf8ff) &&
    !(unit >= 0xfe00 && unit <= 0xfe6f) &&
    !(unit >= 0xfeff && unit <= 0xff0f) &&
    unit < 0xfff0);

export const isNamePart = (unit: number): boolean => isNameStart(unit) || isDigit(unit);

/** The value of a hexadecimal digit, or -1. */
export function hexDigit(unit: number): number {
  if (isDigit(unit)) return unit - 48;
  const lower = unit | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}
