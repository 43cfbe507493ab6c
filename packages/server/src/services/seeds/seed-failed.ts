import { SeedError } from '@datamaker/seeding/records';
import { conflict, validationError } from '../../errors.ts';
import { toApiError } from '../connections/connection-failed.ts';

/** What planning, seeding or taking back says, in the API's terms. @param error anything else comes back as it is */
export function toSeedApiError(error: unknown): unknown {
  if (!(error instanceof SeedError)) return toApiError(error);
  const { code, message, hint } = error;
  switch (code) {
    case 'invalid_seed_options':
    case 'unknown_table':
      return validationError([{ code, pointer: '', message, ...(hint === undefined ? {} : { hint }) }]);
    default:
      return conflict(code, message, hint ?? 'POST /connections/{id}/seed/plan says what can be done');
  }
}
