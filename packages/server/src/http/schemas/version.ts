import { z } from 'zod';

/** The greatest number of a version: a column of 32 bits holds it. */
export const MAX_VERSION = 2_147_483_647;

/** The number of a version in a body. */
export const versionNumber = z
  .int('version must be a whole number')
  .min(1, 'versions start at 1')
  .max(MAX_VERSION, `version must be at most ${MAX_VERSION}`);
