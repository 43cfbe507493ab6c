import { ApiError, validationError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Cursors } from '../security/cursor.ts';
import type { Principal } from '../store/keys.ts';
import type { TemplateDocument } from '../store/schema.ts';
import { type StoredTemplate, type StoredVersion, TemplateStore } from '../store/templates.ts';
import type { Tenant } from '../store/tenant.ts';
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

  async list(limit: number, cursor: string | undefined): Promise<Page<StoredTemplate>> {
    const scope = `templates\0${this.#principal.projectId}`;
    const before = cursor === undefined ? undefined : this.#cursors.decode(scope, cursor);
    const [found, total] = await Promise.all([this.#templates.list(limit + 1, before), this.#templates.count()]);
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

  /** Adds a version with the changes. @throws ApiError not_found, validation_error */
  async update(id: string, change: TemplateChange): Promise<StoredTemplate> {
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
      const name = change.name ?? current.name;
      const document = changed(current.document, change);
      await checkDocument({ ...toWritten(current), name, ...document }, templates);
      return { name, document };
    });
    return updated ?? missing(id);
  }

  /** @throws ApiError not_found */
  async delete(id: string): Promise<void> {
    if (!(await this.#templates.delete(id, this.#principal))) missing(id);
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

function missing(id: string, version?: number): never {
  const at = version === undefined ? '' : ` at version ${version}`;
  throw new ApiError('not_found', `there is no template ${JSON.stringify(id.slice(0, 80))}${at}`);
}
