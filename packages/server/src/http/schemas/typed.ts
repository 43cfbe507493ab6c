import type { z } from 'zod';

/** A schema that documents values of a type which is declared elsewhere, in the engine say. */
export const typed = <T>(schema: z.ZodType): z.ZodType<T, T> => schema as z.ZodType<T, T>;
