import type { ResponseRequest } from '@datamaker/engine';
import { validationError } from '../../errors.ts';

/** Rows of systems are not to be had where the same rows may have to be made again later: a system answers otherwise then. */
export function refuseFetching(requests: readonly ResponseRequest[]): never {
  throw validationError(
    requests.map(({ field, pointer }) => ({
      code: 'rows_may_change',
      pointer,
      message: `field ${JSON.stringify(field)} picks from a system, which may answer otherwise when the rows are made again`,
      hint: 'save the rows with POST /sets and push that, or fetch what it picks from into a set and use `sample`',
    })),
  );
}
