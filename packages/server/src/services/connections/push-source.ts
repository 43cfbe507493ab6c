import type { Row, Rows } from '@datamaker/connectors';
import { RowMaker, settled } from '@datamaker/engine';
import { type ErrorDetail, validationError } from '../../errors.ts';
import type { StoredTemplate } from '../../store/templates.ts';
import { type GenerationRequest, prepareRows } from '../generation-service.ts';
import type { TemplateSource } from '../pinned-templates.ts';
import { withPrograms } from '../programs/with-programs.ts';
import { shapeOfPlan, shapeOfRows } from '../pushes/row-shape.ts';
import { losesDigits, tooPrecise } from '../resources/exact-rows.ts';
import type { Fetching } from '../responses/fetch-responses.ts';
import { sensitiveColumns } from '../sets/sensitive-columns.ts';
import type { PushSource } from './push-rows.ts';

/** Most rows that go in one request; more are for a run. */
export const MAX_PUSHED = 10_000;
/** Rows at a time: of those that are there anyway more, since each time is a way to the system and back. */
const GIVEN = 5000;
const MADE = 1000;
const MAX_FIELDS = 2000;

/** Rows, and what has to be known of them. */
export interface Pushed extends PushSource {
  readonly sensitive: readonly string[];
  /** Of generated rows. */
  readonly seed: string | undefined;
}

/**
 * Rows as a request gives them.
 * @param text of its body
 * @throws ApiError validation_error
 */
export async function givenSource(text: () => string, rows: readonly unknown[]): Promise<Pushed> {
  const { fields, hasLarge, wrong } = survey(rows);
  if (wrong.length > 0) throw validationError(wrong);
  if (hasLarge && losesDigits(text())) {
    const index = rows.findIndex((row) => losesDigits(JSON.stringify(row)));
    throw validationError([{ pointer: '/rows', ...tooPrecise(Math.max(index, 0)) }]);
  }
  if (fields.length > MAX_FIELDS) {
    const message = `the rows have ${fields.length} different keys; at most ${MAX_FIELDS} are taken`;
    throw validationError([{ code: 'too_many_columns', pointer: '/rows', message, hint: 'send other rows apart' }]);
  }
  const given = rows as readonly Row[];
  return {
    fields,
    count: rows.length,
    shape: shapeOfRows(given),
    sensitive: await sensitiveColumns(fields),
    seed: undefined,
    *batches(): Iterable<Rows> {
      for (let at = 0; at < given.length; at += GIVEN) yield given.slice(at, at + GIVEN);
    },
  };
}

interface Survey {
  /** All names that rows have, in the order in which they come up. */
  readonly fields: readonly string[];
  /** Whether there is a number beyond 2^53: as it was written it may have been another. */
  readonly hasLarge: boolean;
  /** What is no row. */
  readonly wrong: readonly ErrorDetail[];
}

/** What has to be known of rows, in one go: there are many values. */
function survey(rows: readonly unknown[]): Survey {
  const fields = new Set<string>();
  const wrong: ErrorDetail[] = [];
  let hasLarge = false;
  let known: readonly string[] = [];
  for (const [index, row] of rows.entries()) {
    if (row === null || typeof row !== 'object' || Array.isArray(row)) {
      const pointer = `/rows/${index}`;
      wrong.push({ code: 'invalid_row', pointer, message: 'a row must be an object', hint: 'name its values' });
      continue;
    }
    let place = 0;
    for (const field in row) {
      // Mostly a row has the names of the first, in their order.
      if (known[place++] !== field) fields.add(field);
      hasLarge ||= isLarge((row as Readonly<Record<string, unknown>>)[field]);
    }
    if (known.length < fields.size) known = [...fields];
  }
  return { fields: [...fields], hasLarge, wrong };
}

function isLarge(value: unknown): boolean {
  if (typeof value === 'number') return Math.abs(value) > Number.MAX_SAFE_INTEGER;
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(isLarge);
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
  const made = await withPrograms(plan, fetching.programs, { counters: 'kept', signal: fetching.signal }, (external) =>
    external === undefined ? Promise.resolve(plan) : settled(plan, external, range.from, range.to),
  );
  return {
    fields: plan.fields.map(({ name }) => name),
    shape: shapeOfPlan(plan.fields),
    count,
    sensitive: plan.sensitive,
    seed: plan.seed,
    *batches(): Iterable<Rows> {
      for (const some of new RowMaker(made).batches(range.from, range.to, MADE)) yield some as Row[];
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
