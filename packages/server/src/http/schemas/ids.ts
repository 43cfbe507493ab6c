import { z } from 'zod';

/** The parameter of paths such as `/keys/:id`. */
export const idParams = z.object({ id: z.string().meta({ description: 'As it was given when it was created.' }) });

/** An id in a body. */
export const idText = z
  .string('an id must be a text')
  .regex(/^\w{1,80}$/, 'that is no id: they are as proj_8d3kq0vx2m5ra7cz4n1w')
  .meta({ example: 'proj_8d3kq0vx2m5ra7cz4n1w' });
