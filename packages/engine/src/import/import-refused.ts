import type { Diagnostic } from '../template/diagnostic.ts';

/** The whole source cannot be imported. Thrown by readers; `importSchema` returns it as a failure. */
export class ImportRefused extends Error {
  readonly diagnostic: Diagnostic;

  constructor(code: string, message: string, hint?: string, pointer = '') {
    super(message);
    this.diagnostic = { code, pointer, message, ...(hint === undefined ? {} : { hint }) };
  }
}

/** The refusal for what is beyond a limit. */
export const tooLarge = (
  message: string,
  hint = 'import it in parts, or name the one entity that is wanted',
): ImportRefused => new ImportRefused('import_too_large', message, hint);
