import {
  checkFormat,
  compileTemplate,
  type Diagnostic,
  type FormatOptions,
  formatInfo,
  generateRows,
  nearest,
  type Plan,
  type Profile,
  parseCount,
  parseFormat,
  parseNegative,
  parseSeed,
  profilePlan,
  type Template,
} from '@datamaker/engine';
import { pump } from '@datamaker/engine/run';
import { validationError } from '../errors.ts';
import type { StoredTemplate } from '../store/templates.ts';
import type { TemplateSource } from './pinned-templates.ts';
import { parseDocument, toWritten, type WrittenTemplate } from './template-document.ts';

/** What a client asks to be generated; everything is checked here. */
export interface GenerationRequest {
  readonly count?: unknown;
  readonly seed?: unknown;
  /** `right`, `negative` or `boundary`. */
  readonly mode?: unknown;
  /** How rows are wrong: `{ share?, rules?, fields?, label? }`. */
  readonly negative?: unknown;
  /** Field name → the value it has in every row. */
  readonly overrides?: Readonly<Record<string, unknown>> | undefined;
  /** `format` and its options. */
  readonly [option: string]: unknown;
}

export interface Generation {
  readonly seed: string;
  readonly rows: number;
  readonly mediaType: string;
  readonly fileName: string;
  /** Makes the output, no faster than it is taken; a chunk is valid until the promise settles. */
  pump(
    take: (chunk: Uint8Array) => Promise<void>,
    signal: AbortSignal,
    onNext?: (rows: number) => void,
  ): Promise<unknown>;
}

const PREVIEW_ROWS = 3;
/** For so many unknown names the nearest known one is looked for. */
const MAX_GUESSES = 10;

/** Checks a request against a template and prepares its rows; nothing is generated yet. @throws ApiError validation_error */
export async function prepareGeneration(
  template: StoredTemplate,
  request: GenerationRequest,
  templates: TemplateSource,
): Promise<Generation> {
  const diagnostics: Diagnostic[] = [];
  const count = parseCount(request.count);
  if (!count.ok) diagnostics.push(...count.diagnostics);
  const {
    count: _count,
    seed: _seed,
    overrides: _overrides,
    mode: _mode,
    negative: _negative,
    ...formatOptions
  } = request;
  const format = parseFormat(formatOptions);
  if (!format.ok) diagnostics.push(...format.diagnostics);
  const typed = format.ok && formatInfo(format.value.format).typed === true;
  const rows = count.ok ? count.value : undefined;
  const made = await planFor(template, request, templates, { rows, typed }, diagnostics);
  if (format.ok && made !== undefined) diagnostics.push(...checkFormat(format.value, made.plan));
  if (!count.ok || !format.ok || made === undefined || diagnostics.length > 0) throw validationError(diagnostics);
  const { plan } = made;
  const options: FormatOptions = format.value;
  const { mediaType, extension } = formatInfo(options.format);
  return {
    seed: plan.seed,
    rows: count.value,
    mediaType,
    fileName: `${template.id}.${extension}`,
    pump: (take, signal, onNext) =>
      pump(plan, { format: options, to: count.value, signal, ...(onNext === undefined ? {} : { onNext }) }, take),
  };
}

/** The first rows, as values: row i is row i of a generation with the same seed. @throws ApiError validation_error */
export async function preview(
  template: StoredTemplate,
  request: GenerationRequest,
  templates: TemplateSource,
): Promise<{ seed: string; rows: readonly Record<string, unknown>[] }> {
  const diagnostics: Diagnostic[] = [];
  const made = await planFor(template, request, templates, { rows: PREVIEW_ROWS, typed: true }, diagnostics);
  if (made === undefined) throw validationError(diagnostics);
  const { plan } = made;
  return { seed: plan.seed, rows: generateRows(plan, 0, PREVIEW_ROWS) };
}

/** What a client asks to be told of a template's rows. */
export interface ProfileRequest extends Pick<GenerationRequest, 'seed' | 'overrides'> {
  readonly count: number;
}

/** What is in the first rows, and whether it is what the template promises. @throws ApiError validation_error */
export async function profile(
  template: StoredTemplate,
  { count, ...request }: ProfileRequest,
  templates: TemplateSource,
  signal: AbortSignal,
): Promise<Profile & { readonly seed: string }> {
  const diagnostics: Diagnostic[] = [];
  const made = await planFor(template, request, templates, { rows: count, typed: true }, diagnostics);
  if (made === undefined) throw validationError(diagnostics);
  return { seed: made.plan.seed, ...(await profilePlan(made.plan, made.template, count, { signal })) };
}

async function planFor(
  template: StoredTemplate,
  request: GenerationRequest,
  templates: TemplateSource,
  { rows, typed }: { readonly rows: number | undefined; readonly typed: boolean },
  diagnostics: Diagnostic[],
): Promise<{ readonly plan: Plan; readonly template: Template } | undefined> {
  const seed = request.seed === undefined || request.seed === null ? undefined : parseSeed(request.seed);
  if (seed?.ok === false) diagnostics.push(...seed.diagnostics);
  const negative = parseNegative(request.mode, request.negative);
  if (!negative.ok) diagnostics.push(...negative.diagnostics);
  const written = override(toWritten(template), request.overrides ?? {}, diagnostics);
  if (diagnostics.length > 0) return undefined;
  const parsed = await parseDocument(written, templates);
  const compiled = await compileTemplate(parsed, {
    ...(seed?.ok === true ? { seed: seed.value } : {}),
    ...(rows === undefined ? {} : { rows }),
    ...(negative.ok && negative.value !== undefined ? { negative: { ...negative.value, typed } } : {}),
  });
  if (compiled.ok) return { plan: compiled.value, template: parsed };
  diagnostics.push(...compiled.diagnostics);
  return undefined;
}

/** The template with constants in place of the overridden fields. */
function override(
  written: WrittenTemplate,
  overrides: Readonly<Record<string, unknown>>,
  diagnostics: Diagnostic[],
): WrittenTemplate {
  const names = written.fields.map((field) => (field as { name: string }).name);
  const known = new Set(names);
  const unknown = Object.keys(overrides).filter((name) => !known.has(name));
  for (const [index, name] of unknown.entries()) {
    // Looking for what was meant takes time: 10 ms for a name beside a thousand fields.
    const near = index < MAX_GUESSES ? nearest(name.slice(0, 80), names) : undefined;
    diagnostics.push({
      code: 'unknown_field',
      pointer: `/overrides/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      message: `the template has no field ${JSON.stringify(name.slice(0, 80))}`,
      hint: near === undefined ? `fields: ${names.slice(0, 20).join(', ')}` : `did you mean \`${near}\`?`,
    });
  }
  const fields = written.fields.map((field) => {
    const { name } = field as { name: string };
    return Object.hasOwn(overrides, name) ? { name, type: 'constant', options: { value: overrides[name] } } : field;
  });
  return { ...written, fields };
}
