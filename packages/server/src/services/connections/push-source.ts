import type { Row, Rows } from '@datamaker/connectors';
import { generateRows } from '@datamaker/engine';
import { type ErrorDetail, validationError } from '../../errors.ts';
import type { StoredTemplate } from '../../store/templates.ts';
import { type GenerationRequest, prepareRows } from '../generation-service.ts';
import type { TemplateSource } from '../pinned-templates.ts';
import { losesDigits, tooPrecise } from '../resources/exact-rows.ts';
import type { Fetching } from '../responses/fetch-responses.ts';
import { sensitiveColumns } from '../sets/sensitive-columns.ts';
import type { PushSource } from './push-rows.ts';

/** Most rows that go in one request; more are for a run. */
export const MAX_PUSHED = 10_000;
const BATCH = 500;
const MAX_FIELDS = 2000;

/** Rows, and what has to be known of them. */
export interface Pushed extends PushSource {
  readonly sensitive: readonly string[];
  /** Of generated rows. */
  readonly seed: string | undefined;
}

/**
 * Rows as a request gives them.
 * @param body its text
 * @throws ApiError validation_error
 */
export async function givenSource(body: string, rows: readonly unknown[]): Promise<Pushed> {
  const wrong = rows.flatMap((row, index): ErrorDetail[] => {
    if (row !== null && typeof row === 'object' && !Array.isArray(row)) return [];
    return [
      { code: 'invalid_row', pointer: `/rows/${index}`, message: 'a row must be an object', hint: 'name its values' },
    ];
  });
  if (wrong.length > 0) throw validationError(wrong);
  if (losesDigits(body)) {
    const index = rows.findIndex((row) => losesDigits(JSON.stringify(row)));
    throw validationError([{ pointer: '/rows', ...tooPrecise(Math.max(index, 0)) }]);
  }
  const fields = [...new Set(rows.flatMap((row) => Object.keys(row as object)))];
  if (fields.length > MAX_FIELDS) {
    const message = `the rows have ${fields.length} different keys; at most ${MAX_FIELDS} are taken`;
    throw validationError([{ code: 'too_many_columns', pointer: '/rows', message, hint: 'send other rows apart' }]);
  }
  const given = rows as readonly Row[];
  return {
    fields,
    count: rows.length,
    sensitive: await sensitiveColumns(fields),
    seed: undefined,
    *batches(): Iterable<Rows> {
      for (let at = 0; at < given.length; at += BATCH) yield given.slice(at, at + BATCH);
    },
  };
}

/** Rows of a template. @throws ApiError validation_error, connection_failed */
export async function templateSource(
  template: StoredTemplate,
  request: Pick<GenerationRequest, 'count' | 'from' | 'to' | 'seed' | 'overrides'>,
  templates: TemplateSource,
  fetching: Fetching,
): Promise<Pushed> {
  const { plan, range } = await prepareRows(template, request, templates, undefined, fetching);
  const count = range.to - range.from;
  if (count > MAX_PUSHED) throw tooMany(count, '/count');
  return {
    fields: plan.fields.map(({ name }) => name),
    count,
    sensitive: plan.sensitive,
    seed: plan.seed,
    *batches(): Iterable<Rows> {
      for (let at = range.from; at < range.to; at += BATCH) {
        yield generateRows(plan, at, Math.min(at + BATCH, range.to)) as Row[];
      }
    },
  };
}

export const tooMany = (count: number, pointer: string): Error =>
  validationError([
    {
      code: 'too_many_rows',
      pointer,
      message: `one request puts at most ${MAX_PUSHED} rows into a system, not ${count}`,
      hint: 'send them in parts: with `seed` and `from` a template goes on where the part before ended',
    },
  ]);
