import { ApiError, type ErrorDetail, validationError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Cursors } from '../security/cursor.ts';
import type { Principal } from '../store/keys.ts';
import type { TemplateDocument } from '../store/schema.ts';
import { type DeletedTemplate, type StoredTemplate, type StoredVersion, TemplateStore } from '../store/templates.ts';
import type { Tenant } from '../store/tenant.ts';
import { type BundledTemplate, bundleOf, documentOf, inOrder, type TemplateBundle } from './template-bundle.ts';
import { diffTemplates, type TemplateDiff } from './template-diff.ts';
import { checkDocument, toWritten } from './template-document.ts';

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
  readonly total: number;
}

/** What may be changed of a template. */
export interface TemplateChange {
  readonly name?: string;
  readonly fields?: readonly unknown[];
  /** null takes it away. */
  readonly locale?: string | null;
  readonly weighting?: string | null;
}

/** A template that is made with others. */
export interface NewTemplate {
  readonly id: string;
  readonly name: string;
  readonly document: TemplateDocument;
  /** For the audit. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** The versions that a template may have for a change to be made. */
export type Match = readonly number[] | undefined;

const MAX_DELETED = 100;

/** Use-cases of templates, for one project. Whatever is not in it does not exist. */
export class TemplateService {
  readonly #templates: TemplateStore;
  readonly #principal: Principal;
  readonly #cursors: Cursors;

  constructor(tenant: Tenant, principal: Principal, cursors: Cursors) {
    this.#templates = new TemplateStore(tenant, principal.projectId);
    this.#principal = principal;
    this.#cursors = cursors;
  }

  get store(): TemplateStore {
    return this.#templates;
  }

  /** @param name only those that are called that */
  async list(limit: number, cursor: string | undefined, name?: string): Promise<Page<StoredTemplate>> {
    const scope = ['templates', this.#principal.projectId, ...(name === undefined ? [] : [name])].join('\0');
    const before = cursor === undefined ? undefined : this.#cursors.decode(scope, cursor);
    const [found, total] = await Promise.all([
      this.#templates.list(limit + 1, before, name),
      this.#templates.count(name),
    ]);
    const items = found.slice(0, limit);
    const last = items.at(-1);
    const nextCursor = found.length > limit && last !== undefined ? this.#cursors.encode(scope, last.ordinal) : null;
    return { items, nextCursor, total };
  }

  /** @throws ApiError validation_error, with all diagnostics */
  async create(name: string, document: TemplateDocument): Promise<StoredTemplate> {
    await checkDocument({ name, ...document }, this.#templates);
    return this.#templates.create(newId('tmpl'), name, document, this.#principal);
  }

  /** @throws ApiError not_found */
  async read(id: string, version?: number): Promise<StoredTemplate> {
    const found =
      version === undefined ? await this.#templates.find(id) : await this.#templates.findVersion(id, version);
    return found ?? missing(id, version);
  }

  /**
   * Adds a version with the changes.
   * @param match the versions that it may have now; undefined: any
   * @throws ApiError not_found, validation_error, version_conflict
   */
  async update(id: string, change: TemplateChange, match?: Match): Promise<StoredTemplate> {
    if (Object.values(change).every((value) => value === undefined)) {
      throw validationError([
        {
          code: 'nothing_to_change',
          pointer: '',
          message: 'the request changes nothing',
          hint: 'give `name`, `fields`, `locale` or `weighting`',
        },
      ]);
    }
    const updated = await this.#templates.update(id, this.#principal, async (current, templates) => {
      refuseConflict(current.version, match);
      const name = change.name ?? current.name;
      const document = changed(current.document, change);
      await checkDocument({ ...toWritten(current), name, ...document }, templates);
      return { name, document };
    });
    return updated ?? missing(id);
  }

  /** @throws ApiError not_found, version_conflict */
  async delete(id: string, match?: Match): Promise<void> {
    const check = (version: number): void => refuseConflict(version, match);
    if (!(await this.#templates.delete(id, this.#principal, check))) missing(id);
  }

  /** Takes a deletion back. @throws ApiError not_found */
  async restore(id: string): Promise<StoredTemplate> {
    return (await this.#templates.restore(id, this.#principal)) ?? missing(id);
  }

  /** The last deleted first. */
  listDeleted = (): Promise<readonly DeletedTemplate[]> => this.#templates.listDeleted(MAX_DELETED);

  /** Adds a version that is as an earlier one was. @throws ApiError not_found, validation_error, version_conflict */
  async rollBack(id: string, version: number, match?: Match): Promise<StoredTemplate> {
    const updated = await this.#templates.update(id, this.#principal, async (current, templates) => {
      refuseConflict(current.version, match);
      const earlier = (await templates.findVersion(id, version)) ?? missing(id, version);
      // What it nests may have changed since.
      await checkDocument(toWritten(earlier), templates);
      return { name: earlier.name, document: earlier.document, details: { from: version } };
    });
    return updated ?? missing(id);
  }

  /** Another template that is as this one is. @throws ApiError not_found, validation_error */
  async duplicate(id: string, version: number | undefined, name: string | undefined): Promise<StoredTemplate> {
    const original = await this.read(id, version);
    await checkDocument(toWritten(original), this.#templates);
    return this.#templates.create(newId('tmpl'), name ?? copyOf(original.name), original.document, this.#principal, {
      from: `${id}@v${original.version}`,
    });
  }

  /** What became of a template between two versions. @throws ApiError not_found */
  async diff(id: string, from: number, to: number): Promise<TemplateDiff> {
    const [before, after] = [await this.read(id, from), await this.read(id, to)];
    return diffTemplates(before, after);
  }

  /** A template with all that it nests, to be taken elsewhere. @throws ApiError not_found */
  async export(id: string, version?: number): Promise<TemplateBundle> {
    return bundleOf(await this.read(id, version), this.#templates);
  }

  /** Creates the templates of a bundle, under ids of their own: all or none. @throws ApiError validation_error */
  async import(bundled: readonly BundledTemplate[]): Promise<readonly StoredTemplate[]> {
    return this.#templates.together(async (templates) => {
      const ids = new Map<string, string>();
      const created: StoredTemplate[] = [];
      for (const template of inOrder(bundled)) {
        const document = documentOf(template, ids);
        await checkDocument({ name: template.name, ...document }, templates).catch((error: unknown) => {
          throw placedAt(error, bundled.indexOf(template));
        });
        const id = newId('tmpl');
        created.push(await templates.create(id, template.name, document, this.#principal, { imported: true }));
        ids.set(template.id, id);
      }
      return created;
    });
  }

  /** Creates templates under ids that are known already, each after those that it refers to: all or none. @throws ApiError validation_error */
  async createAll(given: readonly NewTemplate[]): Promise<readonly StoredTemplate[]> {
    return this.#templates.together(async (templates) => {
      const created: StoredTemplate[] = [];
      for (const [index, { id, name, document, details }] of given.entries()) {
        await checkDocument({ name, ...document }, templates).catch((error: unknown) => {
          throw placedAt(error, index);
        });
        created.push(await templates.create(id, name, document, this.#principal, details));
      }
      return created;
    });
  }

  /** What is wrong with a template that could be created; nothing when it could. */
  async validate(name: string, document: TemplateDocument): Promise<readonly ErrorDetail[]> {
    try {
      await checkDocument({ name, ...document }, this.#templates);
      return [];
    } catch (error) {
      if (error instanceof ApiError && error.code === 'validation_error') return error.diagnostics;
      throw error;
    }
  }

  /** The newest first. @throws ApiError not_found */
  async versions(id: string): Promise<readonly StoredVersion[]> {
    const versions = await this.#templates.versions(id);
    return versions.length > 0 ? versions : missing(id);
  }
}

/** The document with what the change names: a value replaces, null takes away. */
function changed(document: TemplateDocument, { fields, locale, weighting }: TemplateChange): TemplateDocument {
  const given = Object.entries({ locale, weighting }).filter(([, value]) => value !== undefined);
  const members = { ...document, ...Object.fromEntries(given), ...(fields === undefined ? {} : { fields }) };
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== null),
  ) as unknown as TemplateDocument;
}

function refuseConflict(version: number, match: Match): void {
  if (match === undefined || match.includes(version)) return;
  throw new ApiError(
    'version_conflict',
    `the template has been changed and is at version ${version}: read it again, and send its ETag in If-Match`,
  );
}

/** The name of a copy; names have at most 200 characters. */
const copyOf = (name: string): string => `${name.slice(0, 193)} (copy)`;

/** What is wrong with one of several templates, where it stands among them. */
function placedAt(error: unknown, index: number): unknown {
  if (!(error instanceof ApiError)) return error;
  return validationError(
    error.diagnostics.map((detail) => ({ ...detail, pointer: `/templates/${index}${detail.pointer}` })),
  );
}

function missing(id: string, version?: number): never {
  const at = version === undefined ? '' : ` at version ${version}`;
  throw new ApiError('not_found', `there is no template ${JSON.stringify(id.slice(0, 80))}${at}`);
}
