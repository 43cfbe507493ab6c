import { z } from 'zod';
import { LOOKS } from '../annotations.ts';
import { at } from '../api/api.ts';
import { cursor, nextCursor, runId, scenarioId } from '../fields.ts';
import { defineTool } from '../tool.ts';
import { ToolError } from '../tool-error.ts';

/** Less than a result may have: texts are longer as JSON. */
const MOST_BYTES = 100 * 1024;

/** @throws ToolError invalid_cursor */
function lineOf(place: string): number {
  if (/^[1-9]\d{0,14}$/.test(place)) return Number(place);
  throw new ToolError('invalid_cursor', 'the cursor is not one that this tool gave', { hint: 'begin without one' });
}

export const getScenarioRunLogs = defineTool({
  name: 'get_scenario_run_logs',
  title: 'Read the log of a run',
  description: 'Lines of the log; `cursor` goes on behind them.',
  input: z.strictObject({
    scenario: scenarioId,
    run: runId,
    cursor,
    lines: z.int().min(1).max(2000).default(200),
    tail: z.int().min(1).max(2000).optional(),
    search: z.string().min(1).max(500).optional(),
  }),
  output: z.strictObject({ lines: z.array(z.string()), truncated: z.boolean(), cursor: nextCursor }),
  annotations: LOOKS,
  risk: 'read',
  permission: 'read',
  readsForeignData: true,
  call: async ({ scenario, run, cursor: place, lines, tail, search }, { api }) => {
    const from = place === undefined ? undefined : lineOf(place);
    const query = tail === undefined ? { from, lines, search } : { tail, search };
    const found = await api.text('GET', at`/scenarios/${scenario}/runs/${run}/logs`, { query, most: MOST_BYTES });
    const shown = found.text.split('\n');
    if (found.isCut || shown.at(-1) === '') shown.pop();
    const next = (from ?? 1) + shown.length;
    const total = Number(found.headers['x-datamaker-log-lines'] ?? 0);
    const isMore = tail === undefined && search === undefined && next <= total;
    return { lines: shown, truncated: isMore || found.isCut, cursor: isMore ? String(next) : null };
  },
});
