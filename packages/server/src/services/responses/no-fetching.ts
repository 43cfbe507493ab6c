import { externalLevels, type Plan, type ResponseRequest } from '@datamaker/engine';
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

/** The same for fields that are programs: a counter, a clock or another Python gives other values then. */
export function refusePrograms(plan: Plan): void {
  const fields = externalLevels(plan).flatMap((level) => level.fields);
  if (fields.length === 0) return;
  throw validationError(
    fields.map(({ name, pointer }) => ({
      code: 'rows_may_change',
      pointer,
      message: `field ${JSON.stringify(name)} is a program, which may make other values when the rows are made again`,
      hint: 'send at most 10,000 rows in one request, or save the rows with POST /sets and push that',
    })),
  );
}
