import {
  checkFormat,
  type Diagnostic,
  type FormatOptions,
  formatInfo,
  generateRows,
  type Plan,
  type Profile,
  parseFormat,
  parseNegative,
  parseSeed,
  profilePlan,
  settled,
  type Template,
} from '@datamaker/engine';
import { pump } from '@datamaker/engine/run';
import { validationError } from '../errors.ts';
import type { StoredTemplate } from '../store/templates.ts';
import { compileDocument } from './compiled-templates.ts';
import { countingRows } from './counting-rows.ts';
import { applyOverrides, type Overrides, placedInOverrides } from './overrides.ts';
import type { TemplateSource } from './pinned-templates.ts';
import type { PlanPrograms } from './programs/field-programs.ts';
import { withPrograms } from './programs/with-programs.ts';
import { addressRequests } from './responses/address-requests.ts';
import { type Fetching, fetchResponses } from './responses/fetch-responses.ts';
import { refuseFetching } from './responses/no-fetching.ts';
import { parseRange, type RowRange } from './row-range.ts';
import { surroundingsOf, toWritten } from './template-document.ts';

/** What a client asks to be generated; everything is checked here. */
export interface GenerationRequest {
  readonly count?: unknown;
  /** The first row, default 0, and the row after the last, in place of `count`. */
  readonly from?: unknown;
  readonly to?: unknown;
  readonly seed?: unknown;
  /** `right`, `negative` or `boundary`. */
  readonly mode?: unknown;
  /** How rows are wrong: `{ share?, rules?, fields?, label? }`. */
  readonly negative?: unknown;
  readonly overrides?: Overrides | undefined;
  /** `format` and its options. */
  readonly [option: string]: unknown;
}

export interface Generation {
  /** What it is made from, for who makes it elsewhere. */
  readonly recipe: { readonly plan: Plan; readonly format: FormatOptions; readonly range: RowRange };
  readonly format: string;
  readonly seed: string;
  readonly rows: number;
  readonly mediaType: string;
  readonly fileName: string;
  /** Names of fields whose values are nobody's business. */
  readonly sensitive: readonly string[];
  /** Of CSV: whether a spreadsheet takes none of its texts for a formula. */
  readonly spreadsheetSafe: boolean | undefined;
  /** Makes the first rows to see how long they take. */
  estimate(signal: AbortSignal): Promise<Estimate>;
  /** Makes the output, no faster than it is taken; a chunk is valid until the promise settles. */
  pump(
    take: (chunk: Uint8Array) => Promise<void>,
    signal: AbortSignal,
    onNext?: (rows: number) => void,
  ): Promise<unknown>;
}

const PREVIEW_ROWS = 3;

/**
 * Checks a request against a template and prepares its rows; nothing is generated yet.
 * @param now what `"now"` means, in milliseconds since the epoch; default: now
 * @param fetching what rows of systems are fetched with; `refuse`: where some are needed that is a fault; undefined: what picks from them is null
 * @param programs runs functions of fields, when rows are made
 * @throws ApiError validation_error, connection_failed
 */
export async function prepareGeneration(
  template: Pick<StoredTemplate, 'id' | 'name' | 'document'>,
  request: GenerationRequest,
  templates: TemplateSource,
  now?: number,
  fetching?: Fetching | 'refuse',
  programs: PlanPrograms | undefined = fetching === 'refuse' ? undefined : fetching?.programs,
): Promise<Generation> {
  const diagnostics: Diagnostic[] = [];
  const range = parseRange(request, diagnostics);
  const {
    count: _count,
    from: _from,
    to: _to,
    seed: _seed,
    overrides: _overrides,
    mode: _mode,
    negative: _negative,
    ...formatOptions
  } = request;
  const format = parseFormat(formatOptions);
  if (!format.ok) diagnostics.push(...format.diagnostics);
  const typed = format.ok && formatInfo(format.value.format).typed === true;
  const made = await planFor(template, request, templates, { rows: range?.to, typed, now, fetching }, diagnostics);
  if (format.ok && made !== undefined) diagnostics.push(...checkFormat(format.value, made.plan));
  if (range === undefined || !format.ok || made === undefined || diagnostics.length > 0)
    throw validationError(diagnostics);
  const { plan } = made;
  const options: FormatOptions = format.value;
  const { mediaType, extension } = formatInfo(options.format);
  return {
    recipe: { plan, format: options, range },
    format: options.format,
    seed: plan.seed,
    rows: range.to - range.from,
    mediaType,
    fileName: `${template.id}.${extension}`,
    sensitive: plan.sensitive,
    spreadsheetSafe: options.format === 'csv' ? (options.spreadsheetSafe ?? false) : undefined,
    estimate: async (signal) => {
      const rows = range.to - range.from;
      const sample = Math.min(rows, SAMPLE_ROWS);
      const to = range.from + sample;
      let bytes = 0;
      const start = performance.now();
      await withPrograms(plan, programs, { counters: 'passing', signal }, (external) =>
        pump(plan, { format: options, from: range.from, to, signal, external }, async (chunk) => {
          bytes += chunk.length;
        }),
      );
      const seconds = (performance.now() - start) / 1000;
      const times = rows / sample;
      return { rows, bytes: Math.round(bytes * times), seconds: Number((seconds * times).toPrecision(2)) };
    },
    pump: (take, signal, onNext) => {
      const noted = countingRows(onNext);
      return withPrograms(plan, programs, { counters: 'kept', signal }, (external) =>
        pump(plan, { format: options, ...range, signal, external, onNext: noted }, take),
      );
    },
  };
}

/**
 * Checks a request against a template and prepares its rows, for whoever takes them as values.
 * @param now what `"now"` means, in milliseconds since the epoch; default: now
 * @param fetching what rows of systems are fetched with; `refuse`: where some are needed that is a fault; undefined: what picks from them is null
 * @throws ApiError validation_error, connection_failed
 */
export async function prepareRows(
  template: Pick<StoredTemplate, 'id' | 'name' | 'document'>,
  request: Pick<GenerationRequest, 'count' | 'from' | 'to' | 'seed' | 'overrides'>,
  templates: TemplateSource,
  now?: number,
  fetching?: Fetching | 'refuse',
): Promise<{ readonly plan: Plan; readonly range: RowRange }> {
  const diagnostics: Diagnostic[] = [];
  const range = parseRange(request, diagnostics);
  const made = await planFor(
    template,
    request,
    templates,
    { rows: range?.to, typed: true, now, fetching },
    diagnostics,
  );
  if (range === undefined || made === undefined || diagnostics.length > 0) throw validationError(diagnostics);
  return { plan: made.plan, range };
}

/** What a generation would be, from its first rows: it is about as exact as rows are alike. */
export interface Estimate {
  readonly rows: number;
  readonly bytes: number;
  /** On this server, when the client takes them as fast as they are made. */
  readonly seconds: number;
}

const SAMPLE_ROWS = 1000;

/** Rows that are looked at. */
export interface Looked {
  /**
   * Sensitive fields, where the template picks from sets, files or systems; none where all is made up. All of the sensitive ones,
   * not those alone that pick: others are made from these.
   */
  readonly leaving: readonly string[];
}

/** The first rows, as values: row i is row i of a generation with the same seed. @throws ApiError validation_error */
export async function preview(
  template: Pick<StoredTemplate, 'id' | 'name' | 'document'>,
  request: GenerationRequest,
  templates: TemplateSource,
  fetching: Fetching,
): Promise<Looked & { readonly seed: string; readonly rows: readonly Record<string, unknown>[] }> {
  const diagnostics: Diagnostic[] = [];
  const made = await planFor(template, request, templates, { rows: PREVIEW_ROWS, typed: true, fetching }, diagnostics);
  if (made === undefined) throw validationError(diagnostics);
  const { plan } = made;
  const { programs, signal } = fetching;
  const rows = await withPrograms(plan, programs, { counters: 'passing', signal }, async (external) =>
    generateRows(external === undefined ? plan : await settled(plan, external, 0, PREVIEW_ROWS), 0, PREVIEW_ROWS),
  );
  return { seed: plan.seed, rows, leaving: made.leaving };
}

/** What a client asks to be told of a template's rows. */
export interface ProfileRequest extends Pick<GenerationRequest, 'seed' | 'overrides'> {
  readonly count: number;
}

/** Of the rows of a profile: some seconds of work at most. */
const MOST_PROFILED_VALUES = 500_000;

/**
 * What is in the first rows, and whether it is what the template promises. Of wide rows it looks at fewer than were asked for, as
 * many as have half a million values.
 * @throws ApiError validation_error
 */
export async function profile(
  template: Pick<StoredTemplate, 'id' | 'name' | 'document'>,
  { count, ...request }: ProfileRequest,
  templates: TemplateSource,
  fetching: Fetching,
): Promise<Looked & { readonly seed: string; readonly profile: Profile }> {
  const diagnostics: Diagnostic[] = [];
  const made = await planFor(template, request, templates, { rows: count, typed: true, fetching }, diagnostics);
  if (made === undefined) throw validationError(diagnostics);
  const { plan, template: parsed } = made;
  const { programs, signal } = fetching;
  const found = await withPrograms(plan, programs, { counters: 'passing', signal }, (external) =>
    profilePlan(plan, parsed, count, { signal, external, mostValues: MOST_PROFILED_VALUES }),
  );
  return { seed: plan.seed, profile: found, leaving: made.leaving };
}

async function planFor(
  template: Pick<StoredTemplate, 'id' | 'name' | 'document'>,
  request: GenerationRequest,
  templates: TemplateSource,
  {
    rows,
    typed,
    now,
    fetching,
  }: {
    readonly rows: number | undefined;
    readonly typed: boolean;
    readonly now?: number | undefined;
    readonly fetching: Fetching | 'refuse' | undefined;
  },
  diagnostics: Diagnostic[],
): Promise<(Looked & { readonly plan: Plan; readonly template: Template }) | undefined> {
  const seed = request.seed === undefined || request.seed === null ? undefined : parseSeed(request.seed);
  if (seed?.ok === false) diagnostics.push(...seed.diagnostics);
  const negative = parseNegative(request.mode, request.negative);
  if (!negative.ok) diagnostics.push(...negative.diagnostics);
  const { overrides = {} } = request;
  const written = applyOverrides(toWritten(template), overrides, diagnostics);
  if (diagnostics.length > 0) return undefined;
  const options = {
    external: ['python'] as const,
    ...(seed?.ok === true ? { seed: seed.value } : {}),
    ...(rows === undefined ? {} : { rows }),
    ...(now === undefined ? {} : { now }),
    ...(negative.ok && negative.value !== undefined ? { negative: { ...negative.value, typed } } : {}),
  };
  const surroundings = await surroundingsOf(written, templates);
  let isReal = surroundings.resources.size > 0;
  const compiled = await compileDocument(written, surroundings, options, async (requests) => {
    isReal = true;
    if (fetching === 'refuse') refuseFetching(requests);
    const addressed = await addressRequests(requests, templates.scope);
    return fetching === undefined ? 'unknown' : fetchResponses(addressed, fetching);
  });
  if (compiled.ok) {
    const { plan, template } = compiled;
    return { plan, template, leaving: isReal ? plan.sensitive : [] };
  }
  if (!compiled.parsed) throw validationError(placedInOverrides(compiled.diagnostics, written, overrides));
  diagnostics.push(...placedInOverrides(compiled.diagnostics, written, overrides));
  return undefined;
}
