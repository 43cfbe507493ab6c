import { z } from 'zod';
import { ADDS } from '../annotations.ts';
import type { Api } from '../api/api.ts';
import { at } from '../api/api.ts';
import { overrides, rows, seed, templateRef } from '../fields.ts';
import { defineTool } from '../tool.ts';
import { ToolError } from '../tool-error.ts';
import { type MadeRows, readRows } from './read-rows.ts';
import { readCursor, toCursor } from './row-cursor.ts';

const MOST_SHOWN = 500;

interface Wanted {
  readonly template: string;
  readonly count: number;
  readonly format?: string | undefined;
  readonly overrides?: Readonly<Record<string, unknown>> | undefined;
  readonly save_as?: string | undefined;
}

export const generate = defineTool({
  name: 'generate',
  title: 'Generate rows',
  description:
    'Makes rows of a template. The first `show` come back; when count is larger, or with save_as, all are kept in a run or a set: pass its id on rather than rows.',
  input: z.strictObject({
    template: templateRef,
    count: z.int().min(1).max(1_000_000_000).default(10),
    show: z.int().min(1).max(MOST_SHOWN).default(20),
    seed,
    overrides,
    format: z.string().max(40).optional().describe('of the run: csv, ndjson, sql, xlsx …'),
    save_as: z.string().max(200).optional().describe('set name'),
    cursor: z.string().max(500).optional().describe('of the answer before: shows the next rows'),
  }),
  output: z.strictObject({
    rows,
    count: z.int(),
    seed: z.string(),
    truncated: z.boolean(),
    cursor: z.string().nullable(),
    run_id: z.string().nullable(),
    set: z.string().nullable(),
  }),
  annotations: ADDS,
  risk: 'generate',
  permission: 'generate',
  readsForeignData: true,
  call: async ({ cursor, show, seed: given, ...wanted }, { api }) => {
    if (wanted.save_as !== undefined && (wanted.overrides !== undefined || wanted.format !== undefined)) {
      throw new ToolError('validation_error', 'a set is made of the template alone', {
        hint: 'leave out overrides and format, or save_as',
      });
    }
    const from = cursor === undefined ? { row: 0, seed: given } : readCursor(cursor);
    const shown = Math.max(0, Math.min(show, wanted.count - from.row));
    const made: MadeRows =
      shown === 0
        ? { rows: [], seed: String(from.seed), isCut: false }
        : await readRows(api, wanted.template, {
            count: shown,
            from: from.row,
            seed: from.seed,
            overrides: wanted.overrides,
          });
    const next = from.row + made.rows.length;
    const kept = cursor === undefined ? await keep(api, wanted, made.seed, next) : NOTHING;
    return {
      rows: [...made.rows],
      count: wanted.count,
      seed: made.seed,
      truncated: next < wanted.count,
      cursor: next < wanted.count ? toCursor({ row: next, seed: made.seed }) : null,
      ...kept,
    };
  },
});

const NOTHING = { run_id: null, set: null };

/** Keeps all rows where they do not all come back, or somebody wants them kept. */
async function keep(
  api: Api,
  { template, count, format, overrides: values, save_as: name }: Wanted,
  drawn: string,
  shown: number,
): Promise<{ run_id: string | null; set: string | null }> {
  if (name !== undefined) {
    const saved = await api.json<{ name: string; version: number }>('POST', '/sets', {
      body: { name, template_id: template, count, seed: drawn },
    });
    return { run_id: null, set: `${saved.name}@v${saved.version}` };
  }
  if (shown >= count && format === undefined) return NOTHING;
  const body = { count, seed: drawn, overrides: values, format: format ?? 'ndjson', async: true };
  const run = await api.json<{ run_id: string }>('POST', at`/templates/${template}/generate`, { body });
  return { run_id: run.run_id, set: null };
}
