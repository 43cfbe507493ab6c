import { z } from 'zod';
import type { ModelTool } from '../model/chat-model.ts';

export const SHOW_PLAN = 'show_plan';

const input = z.strictObject({ steps: z.array(z.string().min(1).max(500)).min(1).max(20) });

/** The one tool that is the loop's own: it does nothing but show. */
export const showPlanTool: ModelTool = {
  name: SHOW_PLAN,
  description: 'Show the person what you are about to do, in short steps. Does nothing else.',
  schema: z.toJSONSchema(input, { io: 'input' }),
};

/** The steps of a plan; undefined: it is none. */
export const planOf = (given: unknown): readonly string[] | undefined => input.safeParse(given).data?.steps;
