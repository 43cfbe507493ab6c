import type { Diagnostic } from '@datamaker/engine';
import type { Problem } from '../errors/command-error.ts';

/**
 * What the engine found wrong with parameters, told of flags: its `/lineEnding` is `--line-ending` here.
 * @param flagOf the flag of an option, without dashes; where there is none, the problem is told of `flag`
 */
export function toProblems(
  flag: string,
  diagnostics: readonly Diagnostic[],
  flagOf: (option: string) => string | undefined = () => undefined,
): Problem[] {
  return diagnostics.map(({ code, pointer, message, hint }) => {
    const [, option = ''] = pointer.split('/');
    return { code, place: `--${flagOf(option) ?? flag}`, message, ...(hint === undefined ? {} : { hint }) };
  });
}
