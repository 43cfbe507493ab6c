import { parseExpression } from '../expression/index.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Field } from './template.ts';

/**
 * The expression of a derived field.
 * @param fields that it may read
 * @returns undefined: what is wrong is reported, with the character it is at
 */
export function parseDerived(
  text: string,
  fields: readonly string[],
  pointer: string,
  report: (diagnostic: Diagnostic) => void,
): Field['expression'] {
  const parsed = parseExpression(text, { fields });
  if (parsed.ok) return parsed.value;
  for (const { code, offset, message, hint } of parsed.diagnostics) {
    report({
      code,
      pointer: `${pointer}/options/expression`,
      message: `${message} (at character ${offset + 1})`,
      ...(hint === undefined ? {} : { hint }),
    });
  }
  return undefined;
}
