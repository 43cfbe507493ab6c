import type { Diagnostic } from '@datamaker/engine';
import { DataMakerError } from 'datamaker';

/** What a server answers to the same mistake: `validation_error`, with every diagnostic in `details`. */
export function invalid(diagnostics: readonly Diagnostic[]): DataMakerError {
  const told = diagnostics.map(({ pointer, message, hint }) => {
    const remedy = hint === undefined ? '' : ` (${hint})`;
    return `${pointer === '' ? '' : `${pointer}: `}${message}${remedy}`;
  });
  return new DataMakerError({ code: 'validation_error', message: told.join('\n'), details: { diagnostics } });
}
