import { createHash } from 'node:crypto';
import {
  checkFormat,
  drawSeed,
  type ExternalMaker,
  formatInfo,
  hasExternal,
  parseCount,
  parseFormat,
  parseSeed,
} from '@datamaker/engine';
import { pump } from '@datamaker/engine/run';
import { ApiError, conflict, validationError } from '../errors.ts';
import type { Cursors } from '../security/cursor.ts';
import { recordAct } from '../store/audit.ts';
import type { FileUsage } from '../store/files.ts';
import type { Principal } from '../store/keys.ts';
import type { SetRecipe } from '../store/schema.ts';
import { type DeletedSet, type SetContent, SetStore, type StoredSet } from '../store/sets.ts';
import { type StoredTemplate, TemplateStore } from '../store/templates.ts';
import type { Tenant } from '../store/tenant.ts';
import type { Respond } from './compiled-templates.ts';
import { ENGINE_VERSION } from './engine-version.ts';
import { checkSet, type FileLimits } from './files/file-limits.ts';
import type { Reservation } from './limits/limiter.ts';
import { problemOfSetName } from './names/check-name.ts';
import { type Page, pageOf } from './page.ts';
import { withPrograms } from './programs/with-programs.ts';
import { addressRequests } from './responses/address-requests.ts';
import { type Fetching, fetchResponses } from './responses/fetch-responses.ts';
import { LineChunks } from './sets/chunk-lines.ts';
import { diffSets, type SetDiff } from './sets/diff-sets.ts';
import { givenRows } from './sets/given-rows.ts';
import { planOfRecipe } from './sets/recipe.ts';
import { sensitiveColumns } from './sets/sensitive-columns.ts';
import { type Delivered, readSet, type Take } from './sets/set-rows.ts';
import { asCsv, asElements, csvOf, STORED_FORMATS, type StoredFormat } from './sets/write-rows.ts';
import { surroundingsOf, toWritten } from './template-document.ts';

export const MAX_RECIPE_ROWS = 1_000_000;
/** Most bytes of rows that are stored, before they are compressed. */
const MAX_STORED_BYTES = 100 * 1024 * 1024;
/** A recipe holds its templates, so that it does not depend on what becomes of them. */
const MAX_RECIPE_BYTES = 8 * 1024 * 1024;

/** What a set is made of: a template with a seed. */
export interface SetOrder {
  readonly templateId: string;
  readonly version: number | undefined;
  readonly count: unknown;
  readonly seed: unknown;
}

/** How a set is to be written. */
export interface SetOutput {
  readonly mediaType: string;
  readonly fileName: string;
  pump(take: Take, signal: AbortSignal, delivered: Delivered): Promise<void>;
}

/** Use-cases of saved sets, for one project. Whatever is not in it does not exist. */
export class SetService {
  readonly #tenant: Tenant;
  readonly #sets: SetStore;
  readonly #principal: Principal;
  readonly #cursors: Cursors;
  readonly #limits: FileLimits;

  /** @param limits what the workspace may keep: rows of sets count with its files */
  constructor(tenant: Tenant, principal: Principal, cursors: Cursors, limits: FileLimits) {
    this.#tenant = tenant;
    this.#sets = new SetStore(tenant, principal.projectId);
    this.#principal = principal;
    this.#cursors = cursors;
    this.#limits = limits;
  }

  list(limit: number, cursor: string | undefined): Promise<Page<StoredSet>> {
    const page = { cursors: this.#cursors, scope: `sets\0${this.#principal.projectId}`, limit, cursor };
    return pageOf(
      page,
      (most, before) => this.#sets.list(most, before),
      () => this.#sets.count(),
    );
  }

  /** Those that can be restored. */
  listDeleted(limit: number, cursor: string | undefined): Promise<Page<DeletedSet>> {
    const page = { cursors: this.#cursors, scope: `deleted sets\0${this.#principal.projectId}`, limit, cursor };
    return pageOf(
      page,
      (most, before) => this.#sets.listDeleted(most, before),
      () => this.#sets.countDeleted(),
    );
  }

  /**
   * Saves rows as they are written in the text of a request.
   * @throws ApiError validation_error
   */
  async saveRows(name: string, body: string, rows: readonly unknown[]): Promise<StoredSet> {
    checkName(name);
    const { lines, columns } = givenRows(body, rows);
    const chunks = new LineChunks(MAX_STORED_BYTES);
    for (let i = 0; i < lines.length; i += 1000) {
      await chunks.add(Buffer.from(`${lines.slice(i, i + 1000).join('\n')}\n`));
    }
    return this.saveLines(name, chunks, columns);
  }

  /** @throws ApiError validation_error */
  checkName = (name: string, pointer: string): void => checkName(name, pointer);

  /** Saves rows that are packed already. */
  async saveLines(name: string, chunks: LineChunks, columns: readonly string[]): Promise<StoredSet> {
    return this.#add(name, chunks, { columns, sensitive: await sensitiveColumns(columns), ...NO_TEMPLATE });
  }

  /** Notes where the rows of a set come from. */
  noteFetch(connectionId: string, table: string, { name, version, rows }: StoredSet): Promise<void> {
    const details = { table, set: name, version, rows };
    return this.#tenant((tx) =>
      recordAct(tx, this.#principal, { action: 'connection.fetched', subjectId: connectionId, details }),
    );
  }

  /**
   * Saves rows of a template: as a recipe with what proves it; as rows where the template picks from sets, files or systems,
   * which may be gone tomorrow, or has programs in it.
   * @param reserve takes rows from the plan of the workspace, before they are made
   * @throws ApiError not_found, validation_error, connection_failed, storage_quota_exceeded, and what `reserve` throws
   */
  async saveTemplate(
    name: string,
    order: SetOrder,
    signal: AbortSignal,
    reserve: (rows: number) => Promise<Pick<Reservation, 'settle'>>,
    fetchingFor: (template: StoredTemplate) => Fetching,
  ): Promise<StoredSet> {
    checkName(name);
    const count = parseCount(order.count);
    const seed = order.seed === undefined || order.seed === null ? undefined : parseSeed(order.seed);
    const wrong = [...(count.ok ? [] : count.diagnostics), ...(seed?.ok === false ? seed.diagnostics : [])];
    if (count.ok && count.value > MAX_RECIPE_ROWS) {
      const message = `a set has at most ${MAX_RECIPE_ROWS} rows`;
      wrong.push({ code: 'set_too_large', pointer: '/count', message, hint: 'ask for fewer' });
    }
    if (!count.ok || wrong.length > 0) throw validationError(wrong);
    const templates = new TemplateStore(this.#tenant, this.#principal.projectId);
    const { templateId: id, version } = order;
    const template = await (version === undefined ? templates.find(id) : templates.findVersion(id, version));
    if (template === undefined) throw new ApiError('not_found', 'there is no such template, or no such version of it');
    const { nested, resources } = await surroundingsOf(toWritten(template), templates);
    const recipe: SetRecipe = {
      template: { id, name: template.name, ...template.document },
      nested: Object.fromEntries(nested),
      seed: seed?.ok === true ? seed.value : drawSeed(),
      count: count.value,
      now: Date.now(),
    };
    let isFetched = false;
    const fetching = fetchingFor(template);
    const respond: Respond = async (requests) => {
      isFetched = true;
      return fetchResponses(await addressRequests(requests, templates.scope), fetching);
    };
    const plan = await planOfRecipe(recipe, resources, respond, ['python']);
    const isRecipe = resources.size === 0 && !isFetched && !hasExternal(plan);
    if (isRecipe && Buffer.byteLength(JSON.stringify(recipe)) > MAX_RECIPE_BYTES) {
      const message = 'the template and those that it nests are too large to be kept in a set';
      throw validationError([{ code: 'recipe_too_large', pointer: '/template_id', message, hint: 'nest fewer' }]);
    }
    const reservation = await reserve(count.value);
    let made = 0;
    try {
      const set = await withPrograms(plan, fetching.programs, { counters: 'kept', signal }, (external) =>
        this.#make(name, recipe, plan, template.version, isRecipe, signal, external),
      );
      made = count.value;
      return set;
    } finally {
      await reservation.settle(made);
    }
  }

  readonly #room = (usage: FileUsage, bytes: number): void => checkSet(this.#limits, usage, bytes);

  async #make(
    name: string,
    recipe: SetRecipe,
    plan: Awaited<ReturnType<typeof planOfRecipe>>,
    templateVersion: number,
    isRecipe: boolean,
    signal: AbortSignal,
    external: ExternalMaker | undefined,
  ): Promise<StoredSet> {
    const about = {
      columns: plan.fields.map((field) => field.name),
      sensitive: plan.sensitive,
      templateId: recipe.template.id,
      templateVersion,
      seed: recipe.seed,
      engineVersion: ENGINE_VERSION,
    };
    const range = { format: { format: 'ndjson' as const }, to: recipe.count, signal, external };
    if (!isRecipe) {
      const chunks = new LineChunks(MAX_STORED_BYTES);
      await pump(plan, range, async (lines) => {
        if (await chunks.add(lines)) return;
        const message = `rows that pick from sets, files or systems, or are made by programs, are stored, at most ${MAX_STORED_BYTES} bytes of them`;
        throw validationError([{ code: 'set_too_large', pointer: '/count', message, hint: 'ask for fewer rows' }]);
      });
      return this.#add(name, chunks, { ...about, recipe: null });
    }
    const digest = createHash('sha256');
    const { rows, bytes } = await pump(plan, range, async (lines) => {
      digest.update(lines);
    });
    return this.#sets.add(
      name,
      { ...about, recipe, rows, bytes, sha256: digest.digest(), chunks: [] },
      this.#room,
      this.#principal,
    );
  }

  async #add(
    name: string,
    lines: LineChunks,
    about: Pick<
      SetContent,
      'columns' | 'sensitive' | 'templateId' | 'templateVersion' | 'seed' | 'engineVersion' | 'recipe'
    >,
  ): Promise<StoredSet> {
    const sha256 = await lines.finish();
    const { rows, bytes, chunks } = lines;
    return this.#sets.add(name, { ...about, rows, bytes, sha256, chunks }, this.#room, this.#principal);
  }

  /** @throws ApiError not_found */
  async find(name: string, version?: number): Promise<StoredSet> {
    return (await this.#sets.find(name, version)) ?? missing(name, version);
  }

  /** The newest first. @throws ApiError not_found */
  async versions(name: string): Promise<readonly StoredSet[]> {
    const versions = await this.#sets.versions(name);
    return versions.length > 0 ? versions : missing(name);
  }

  /** @throws ApiError not_found */
  async delete(name: string): Promise<void> {
    if (!(await this.#sets.delete(name, this.#principal))) missing(name);
  }

  /**
   * Takes the deletion of a set back; of several that had the name, the one with an id, or the one that was deleted last.
   * @param as its name from now on; undefined: the one it had
   * @throws ApiError not_found, validation_error, storage_quota_exceeded, conflict when another set is called that
   */
  async restore(name: string, id: string | undefined, as: string | undefined): Promise<StoredSet> {
    if (as !== undefined) checkName(as, '/as');
    const restored = await this.#sets.restore(name, id, as ?? name, this.#room, this.#principal).catch(refuseTakenName);
    return restored ?? missing(name);
  }

  /** Makes or reads all rows again. @returns their SHA-256 now */
  async digest(set: StoredSet, signal: AbortSignal): Promise<Buffer> {
    const digest = createHash('sha256');
    const take = async (lines: Uint8Array): Promise<void> => {
      digest.update(lines);
    };
    await readSet(set, this.#sets, { from: 0, to: set.rows }, take, signal);
    return digest.digest();
  }

  /** @throws ApiError not_found, validation_error */
  async diff(
    name: string,
    from: number,
    to: number,
    key: string | undefined,
    limit: number,
  ): Promise<SetDiff & { readonly from: StoredSet; readonly to: StoredSet }> {
    const before = await this.find(name, from);
    const after = await this.find(name, to);
    return { ...(await diffSets(before, after, this.#sets, key, limit)), from: before, to: after };
  }

  /** Rows as elements of a list of JSON, without its brackets. */
  elements(
    set: StoredSet,
    range: { from: number; to: number },
    take: Take,
    signal: AbortSignal,
    delivered: Delivered,
  ): Promise<void> {
    return readSet(set, this.#sets, range, asElements(take), signal, delivered);
  }

  /** Those of the columns that are sensitive. */
  sensitive = async (set: StoredSet): Promise<readonly string[]> => set.sensitive ?? sensitiveColumns(set.columns);

  /** Columns that are sensitive in one of two versions. */
  sensitiveOfEither = async (one: StoredSet, other: StoredSet): Promise<readonly string[]> => [
    ...new Set([...(await this.sensitive(one)), ...(await this.sensitive(other))]),
  ];

  /** Rows in a format. @throws ApiError validation_error */
  async output(set: StoredSet, format: string, range: { from: number; to: number }): Promise<SetOutput> {
    const parsed = parseFormat({ format });
    if (!parsed.ok) throw validationError(parsed.diagnostics);
    const options = parsed.value;
    const { mediaType, extension } = formatInfo(options.format);
    const about = { mediaType, fileName: `${set.name}.${extension}` };
    if (set.isRecipe && options.format !== 'ndjson') {
      const plan = await planOfRecipe(await this.#sets.recipe(set));
      const problems = checkFormat(options, plan);
      if (problems.length > 0) throw validationError(problems);
      return {
        ...about,
        pump: async (take, signal, delivered) => {
          await pump(plan, { format: options, ...range, signal, onNext: delivered }, take);
        },
      };
    }
    const stored = STORED_FORMATS.find((one) => one === options.format);
    if (stored !== undefined) return { ...about, pump: this.#writer(set, stored, range) };
    const message = `rows that were given are written as ${STORED_FORMATS.join(', ')}`;
    throw validationError([
      { code: 'format_not_available', pointer: '/format', message, hint: 'sets of a template have all formats' },
    ]);
  }

  #writer(set: StoredSet, format: StoredFormat, range: { from: number; to: number }): SetOutput['pump'] {
    return async (take, signal, delivered) => {
      const read = (taken: Take): Promise<void> => readSet(set, this.#sets, range, taken, signal, delivered);
      if (format === 'ndjson') return read(take);
      if (format === 'csv') {
        await take(Buffer.from(csvOf([set.columns])));
        return read(asCsv(set.columns, take));
      }
      await take(Buffer.from('['));
      await read(asElements(take));
      await take(Buffer.from(']'));
    };
  }
}

const NO_TEMPLATE = { templateId: null, templateVersion: null, seed: null, engineVersion: null, recipe: null };

/** SQLSTATE 23505 of the index on names. @throws ApiError conflict */
function refuseTakenName(error: unknown): never {
  if ((error as { constraint?: string }).constraint !== 'saved_set_name') throw error;
  throw conflict('name_taken', 'another set has the name', 'give a name of its own as `as`, or delete the other one');
}

function checkName(name: string, pointer = '/name'): void {
  const problem = problemOfSetName(name, pointer);
  if (problem !== undefined) throw validationError([problem]);
}

function missing(name: string, version?: number): never {
  const at = version === undefined ? '' : ` at version ${version}`;
  throw new ApiError('not_found', `there is no set ${JSON.stringify(name.slice(0, 80))}${at}`);
}
