import { compileTemplate } from '../compile/compile-template.ts';
import { failure, type Result, success } from '../template/diagnostic.ts';
import { parseTemplate } from '../template/parse-template.ts';
import { nearest } from '../text/nearest.ts';
import { IMPORT_KINDS, type ImportKind, isImportKind, type ReadContext, readerOf } from './import-kinds.ts';
import { ImportRefused } from './import-refused.ts';
import type { ImportedEntity } from './imported-column.ts';
import { type Notice, Notices } from './notices.ts';
import { openSource } from './open-source.ts';
import type { TemplateDocument } from './template-document.ts';
import { TemplateMaker } from './to-template.ts';

export interface ImportOptions {
  /** What the source is; default: recognised by what is in it. */
  readonly kind?: string;
  /** Only this table, model, schema or record. For sources that name none (samples), the name of the template. */
  readonly entity?: string;
}

export interface Imported {
  readonly kind: ImportKind;
  /** At least one, in the order of the source; each is parsed by `parseTemplate` without a diagnostic. */
  readonly templates: readonly TemplateDocument[];
  /** What of the source is not in the templates, or is there in another way. */
  readonly notices: readonly Notice[];
}

/**
 * Makes templates of a schema or a sample: SQL DDL, JSON Schema, OpenAPI, Avro, Prisma, dbt, EDMX, Mockaroo, CSV, JSON,
 * spreadsheets. Nothing is fetched, whatever the source refers to, and what is too large or too deep is refused before it is read.
 * @param source text, or bytes in UTF-8 or (with a byte order mark) UTF-16; a spreadsheet as bytes, or in base64 with its kind named
 * @returns diagnostics with `import_too_large`, `invalid_encoding`, `empty_source`, `unknown_kind`, `kind_not_recognised`,
 *   `invalid_source`, `nothing_to_import`, `entity_not_found` or `doctype_refused`, of spreadsheets also with `encrypted_source` or
 *   `unsupported_workbook`
 */
export async function importSchema(
  source: string | Uint8Array,
  options: ImportOptions = {},
): Promise<Result<Imported>> {
  try {
    const kind = kindOf(options.kind);
    const { kind: found, content } = openSource(source, kind);
    const notices = new Notices();
    const context: ReadContext = { notices, ...(options.entity === undefined ? {} : { entity: options.entity }) };
    const read = await readerOf(found);
    const all = await read(content, context);
    const entities = selected(all, options.entity);
    const templates: TemplateDocument[] = [];
    for (const entity of entities) {
      const template = await toTemplate(entity, notices);
      if (template !== undefined) templates.push(template);
    }
    if (templates.length === 0) throw new ImportRefused('nothing_to_import', 'there are no columns in it');
    return success({ kind: found, templates, notices: about(entities, all, notices.list()) });
  } catch (error) {
    if (error instanceof ImportRefused) return failure(error.diagnostic);
    throw error;
  }
}

function kindOf(given: string | undefined): ImportKind | undefined {
  if (given === undefined || isImportKind(given)) return given;
  const near = nearest(given, IMPORT_KINDS);
  const hint =
    near === undefined
      ? `kinds: ${IMPORT_KINDS.join(', ')}`
      : `did you mean ${near}? Kinds: ${IMPORT_KINDS.join(', ')}`;
  throw new ImportRefused(
    'unknown_kind',
    `there is no kind of source ${JSON.stringify(given.slice(0, 60))}`,
    hint,
    '/kind',
  );
}

/** Only the entity asked for. Samples have one without a name of its own, and it takes the name. */
function selected(entities: readonly ImportedEntity[], wanted: string | undefined): readonly ImportedEntity[] {
  if (wanted === undefined) return entities;
  const fold = (name: string): string => name.toLowerCase();
  const found = entities.filter(({ name }) => name === wanted);
  const similar = found.length > 0 ? found : entities.filter(({ name }) => fold(name) === fold(wanted));
  if (similar.length > 0) return similar;
  const near = nearest(
    wanted,
    entities.map(({ name }) => name),
  );
  const names = entities
    .slice(0, 20)
    .map(({ name }) => name.slice(0, 60))
    .join(', ');
  const hint = near === undefined ? `there are: ${names}` : `did you mean ${JSON.stringify(near.slice(0, 60))}?`;
  throw new ImportRefused(
    'entity_not_found',
    `there is no ${JSON.stringify(wanted.slice(0, 60))} in the source`,
    hint,
    '/entity',
  );
}

/** The notices without those on entities that were not asked for. */
function about(
  entities: readonly ImportedEntity[],
  all: readonly ImportedEntity[],
  notices: readonly Notice[],
): readonly Notice[] {
  const wanted = new Set(entities.map(({ name }) => name));
  const others = new Set(all.map(({ name }) => name).filter((name) => !wanted.has(name)));
  if (others.size === 0) return notices;
  return notices.filter(({ subject }) => subject === undefined || !others.has(subject.split(/[.[]/, 1)[0] ?? ''));
}

/** A template that compiles: where lists in lists make rows too large, they are made short. */
async function toTemplate(entity: ImportedEntity, notices: Notices): Promise<TemplateDocument | undefined> {
  const usual = await new TemplateMaker(notices, false).template(entity);
  if (usual === undefined || (await isGood(usual))) return usual;
  notices.add('short_list', entity.place, 'lists are kept to two items: rows would be too large', entity.name);
  const lean = await new TemplateMaker(notices, true).template(entity);
  if (lean !== undefined && (await isGood(lean))) return lean;
  notices.add('not_possible', entity.place, 'no template that compiles can be made of it', entity.name);
  return undefined;
}

async function isGood(template: TemplateDocument): Promise<boolean> {
  const parsed = parseTemplate(template);
  return parsed.ok && (await compileTemplate(parsed.value, { seed: '' })).ok;
}
