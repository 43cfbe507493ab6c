import type { FieldType, Options } from '../types/field-type.ts';
import type { Diagnostic } from './diagnostic.ts';

/** What is wrong with options that are right each by itself: by the rules of the type, and for being unique. */
export function checkCombination(
  type: FieldType,
  options: Options,
  pointer: string,
  report: (diagnostic: Diagnostic) => void,
): void {
  for (const { option, message, hint, code } of type.check?.(options) ?? []) {
    report({
      code: code ?? 'invalid_option',
      pointer: `${pointer}/options/${option}`,
      message,
      ...(hint === undefined ? {} : { hint }),
    });
  }
  if (options['unique'] === true && type.notUnique !== undefined) {
    report({
      code: 'unique_not_possible',
      pointer: `${pointer}/options/unique`,
      message: `type \`${type.key}\` cannot be unique: ${type.notUnique}`,
      hint: 'leave out `unique`',
    });
  }
}
