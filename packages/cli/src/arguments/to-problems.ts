import type { Diagnostic } from '@datamaker/engine';
import type { Problem } from '../errors/command-error.ts';

/** What the engine found wrong with parameters, told of flags: its `/lineEnding` is `--line-ending` here. */
export function toProblems(flag: string, diagnostics: readonly Diagnostic[]): Problem[] {
  return diagnostics.map(({ code, pointer, message, hint }) => {
    const name = pointer
      .slice(pointer.lastIndexOf('/') + 1)
      .replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return { code, place: `--${name || flag}`, message, ...(hint === undefined ? {} : { hint }) };
  });
}
