import { z } from 'zod';

// Bounds are for its door to check, so that its errors are the ones that are documented.
export const schemaFields = z.array(z.record(z.string(), z.unknown())).max(200);
export const fieldNames = z.array(z.string().max(500)).max(200);
export const count = z.int().optional();
export const locale = z.string().max(40).optional();
export const domainHint = z.string().max(4000).optional();
export const outputFormat = z.string().max(20).optional();
export const structuredErrors = z.boolean().optional();
export const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,255}$/, 'it has 1 to 255 characters of ASCII, no blanks')
  .optional();
export const contract = {
  expected_contract_hash: z.string().max(100).optional(),
  require_validate: z.boolean().optional(),
  strict_contract: z.boolean().optional(),
};
