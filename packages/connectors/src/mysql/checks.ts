import type { Check, Column } from '../schema/schema.ts';

/** What MariaDB writes for the type JSON. @param column undefined: of any */
export function isJsonRule(expression: string, column?: string): boolean {
  const name = /^json_valid\(`((?:[^`]|``)+)`\)$/i.exec(expression)?.[1];
  return name !== undefined && (column === undefined || name.replaceAll('``', '`') === column);
}

/**
 * A rule as MySQL 8 shows it, `(`c` in (_utf8mb4\'a\',_utf8mb4\'b\'))`, as it was said: without character sets, and with
 * quotes that are not escaped once more.
 */
export const plainCheck = (clause: string): string =>
  clause.replaceAll(/\\(['"\\])/g, '$1').replaceAll(/\b_[a-z0-9]+'/g, "'");

/** What a type says besides its bits: that there are no numbers below zero, or that they are years, moments up to 2038, or of few digits. */
export function checkOfColumn({ name, type, kind }: Column, quoted: string): Check | undefined {
  if (type.startsWith('year')) return { name: `${name} year`, expression: `${quoted} between 1901 and 2155` };
  if (type.startsWith('timestamp')) {
    // Seconds in 32 bits, of which 0 is taken ("The DATE, DATETIME, and TIMESTAMP Types").
    const expression = `${quoted} between '1970-01-02 00:00:00' and '2038-01-18 00:00:00'`;
    return { name: `${name} timestamp`, expression };
  }
  const [, digits, scale] = /^(?:float|double)\((\d+),(\d+)\)/.exec(type) ?? [];
  if (digits !== undefined) {
    const most = 10 ** (Number(digits) - Number(scale)) - 1;
    const least = type.includes('unsigned') ? 0 : -most;
    return { name: `${name} digits`, expression: `${quoted} between ${least} and ${most}` };
  }
  const isUnsigned =
    /\b(?:unsigned|zerofill)\b/.test(type) && (kind === 'integer' || kind === 'decimal' || kind === 'float');
  return isUnsigned ? { name: `${name} unsigned`, expression: `${quoted} >= 0` } : undefined;
}
