import { z } from 'zod';
import { LOOKS } from '../annotations.ts';
import { at } from '../api/api.ts';
import { capResult, MOST_RESULT_BYTES } from '../cap-result.ts';
import { cursor, nextCursor, rows } from '../fields.ts';
import { defineTool } from '../tool.ts';
import { ToolError } from '../tool-error.ts';

interface Loaded {
  readonly rows: Record<string, unknown>[];
  readonly version: number;
  readonly row_count: number;
  readonly offset: number;
  readonly next_offset: number | null;
}

/** @throws ToolError invalid_cursor */
function offsetOf(place: string): number {
  if (/^\d{1,9}$/.test(place)) return Number(place);
  throw new ToolError('invalid_cursor', 'the cursor is not one that this tool gave', { hint: 'begin without one' });
}

export const loadSet = defineTool({
  name: 'load_set',
  title: 'Load rows of a set',
  description: 'Some rows of a set; `cursor` goes on behind them.',
  input: z.strictObject({
    name: z.string().min(1).max(200),
    version: z.int().min(1).max(2_000_000_000).optional(),
    cursor,
    limit: z.int().min(1).max(500).default(20),
  }),
  output: z.strictObject({ rows, version: z.int(), row_count: z.int(), truncated: z.boolean(), cursor: nextCursor }),
  annotations: LOOKS,
  risk: 'read',
  permission: 'read',
  readsForeignData: true,
  call: async ({ name, version, cursor: place, limit }, { api }) => {
    const query = { version, offset: place === undefined ? 0 : offsetOf(place), limit };
    const set = await api.json<Loaded>('GET', at`/sets/${name}`, { query });
    const { value: shown, truncated } = capResult(set.rows, MOST_RESULT_BYTES / 2);
    const next = truncated ? set.offset + shown.length : set.next_offset;
    return {
      rows: shown,
      version: set.version,
      row_count: set.row_count,
      truncated: next !== null,
      cursor: next === null ? null : String(next),
    };
  },
});
