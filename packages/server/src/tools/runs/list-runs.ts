import { z } from 'zod';
import { RUN_STATES } from '../../run-states.ts';
import { LOOKS } from '../annotations.ts';
import type { ListPage } from '../api/list-page.ts';
import { cursor, limit, nextCursor } from '../fields.ts';
import { defineTool } from '../tool.ts';

interface Listed {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly progress: { readonly rows: number };
  readonly error: unknown;
  readonly created_at: string;
}

export const listRuns = defineTool({
  name: 'list_runs',
  title: 'List runs',
  description: 'Generations, pushes, seeds, undos and scenarios, newest first.',
  input: z.strictObject({
    limit,
    cursor,
    state: z.enum(RUN_STATES).optional(),
    kind: z.enum(['generation', 'scenario', 'push', 'seed', 'undo']).optional(),
  }),
  output: z.strictObject({ runs: z.array(z.unknown()), total: z.int(), cursor: nextCursor }),
  annotations: LOOKS,
  risk: 'read',
  permission: 'read',
  readsForeignData: true,
  call: async (query, { api }) => {
    const page = await api.json<ListPage<Listed>>('GET', '/runs', { query });
    return {
      runs: page.items.map(({ id, kind, state, progress, error, created_at }) => ({
        id,
        kind,
        state,
        rows: progress.rows,
        error,
        created_at,
      })),
      total: page.total,
      cursor: page.next_cursor,
    };
  },
});
