import { z } from 'zod';

/** The parameter of paths such as `/keys/:id`. */
export const idParams = z.object({ id: z.string().meta({ description: 'As it was given when it was created.' }) });
