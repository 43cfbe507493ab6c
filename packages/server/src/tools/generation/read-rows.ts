import { type Api, at } from '../api/api.ts';
import { MOST_RESULT_BYTES } from '../cap-result.ts';

/** What rows are made from; seeds that are not given are drawn. */
export interface RowsWanted {
  readonly count: number;
  readonly from?: number | undefined;
  readonly seed?: unknown;
  readonly overrides?: unknown;
}

export interface MadeRows {
  readonly rows: readonly Record<string, unknown>[];
  readonly seed: string;
  /** Whether there are fewer than asked for, since those would not fit. */
  readonly isCut: boolean;
}

/** Rows of a template, as many of the first as fit into a result. @throws ToolError */
export async function readRows(api: Api, template: string, wanted: RowsWanted): Promise<MadeRows> {
  const { text, isCut, headers } = await api.text('POST', at`/templates/${template}/generate`, {
    body: { ...wanted, format: 'ndjson', async: false },
    // Half of the room: there is more in a result than its rows.
    most: MOST_RESULT_BYTES / 2,
  });
  const lines = text.split('\n');
  // Of an answer that was cut, the last line was as well.
  if (isCut || lines.at(-1) === '') lines.pop();
  const seed = decodeURIComponent(String(headers['x-datamaker-seed'] ?? ''));
  return { rows: lines.map((line) => JSON.parse(line) as Record<string, unknown>), seed, isCut };
}
