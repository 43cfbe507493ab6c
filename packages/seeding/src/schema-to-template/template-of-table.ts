import type { Column, Table, Value } from '@datamaker/connectors';
import { Notices, TemplateMaker } from '@datamaker/engine/import';
import { TableChecks } from '../check/table-checks.ts';
import { literalOf } from './literal-of.ts';
import { leftOut, ownColumn } from './own-columns.ts';
import { keysOf, type OwnKeys } from './own-keys.ts';
import { type Draft, fieldsOfLink, linksOf, type OwnLink } from './own-links.ts';
import { fieldWithin, MOST_WITHIN, positionsOf, tableWithin } from './own-rows-within.ts';
import { tryRules } from './own-rules.ts';
import type { OwnField, OwnNotice, OwnTemplate, OwnTemplateOptions } from './own-template.ts';

/** Notices of the import that speak of how a type is filled, which is told of a whole column where it is told at all. */
const OF_TYPES = new Set(['foreign_key']);
const MOST_COMMENT = 500;
const MOST_SHOWN = 100;

/**
 * A template of a table that stands for itself: its rows go into the table. Each column is read by its type, by the rules it is
 * under, and by its name beside that of the table; columns that the system fills itself are left out. What is not understood is told.
 * @returns undefined: the system fills all of its columns itself
 */
export async function templateOfTable(
  table: Table,
  options: OwnTemplateOptions = {},
): Promise<OwnTemplate | undefined> {
  return await new OwnTemplateMaker(table, options).make();
}

class OwnTemplateMaker {
  readonly #table: Table;
  readonly #options: OwnTemplateOptions;
  readonly #checks: TableChecks;
  readonly #told: OwnNotice[] = [];

  constructor(table: Table, options: OwnTemplateOptions) {
    this.#table = table;
    this.#options = options;
    this.#checks = new TableChecks(table);
  }

  async make(): Promise<OwnTemplate | undefined> {
    const columns = this.#columns();
    if (columns.length === 0) return undefined;
    const names = new Set(columns.map(({ name }) => name));
    const tell = (notice: OwnNotice): void => void this.#told.push(notice);
    const links = await linksOf(this.#table, names, this.#options, tell);
    const keys = keysOf(this.#table, names, links, this.#checks.facts, tell);
    const { within } = this.#options;
    const positions = within === undefined ? new Map<string, Draft>() : positionsOf(this.#table, within);
    const drafts = new Map([...draftsOf(this.#table, links, keys), ...positions]);
    const made = await this.#fields(columns, keys, drafts);
    const counted = await this.#counted(made, columns, keys);
    const fields = refersToItself(links, columns, counted, this.#table, tell);
    const { name = this.#table.name, locale } = this.#options;
    const own = columns.slice(0, fields.length).map((column) => column.name);
    this.#told.push(...(await tryRules(this.#table, fields, own, this.#checks)));
    const inner = await this.#within();
    const document = { name, ...(locale === undefined ? {} : { locale }), fields: [...fields, ...inner] };
    return { document, columns: [...own, ...inner.map((field) => field.name)], notices: this.#told };
  }

  /** Fields of rows that are in each row. */
  async #within(): Promise<readonly OwnField[]> {
    const fields: OwnField[] = [];
    for (const one of this.#options.nested ?? []) {
      const { locale, filling } = this.#options;
      const within = one.many ? MOST_WITHIN : 1;
      const made = await templateOfTable(tableWithin(one), { locale, filling, nested: one.nested, within });
      this.#told.push(...(made?.notices ?? []));
      if (made !== undefined) fields.push(fieldWithin(one, made));
      else {
        const message = 'the system fills all columns of the rows within itself: it is left out';
        this.#told.push({ code: 'no_columns', subject: `${this.#table.name}.${one.name}`, message });
      }
    }
    return fields;
  }

  /** The columns that are fields. */
  #columns(): readonly Column[] {
    return this.#table.columns.filter((column) => {
      const left = leftOut(column, this.#options.counted?.has(column.name) === true);
      const say = (code: string, message: string): void =>
        void this.#told.push({ code, subject: `${this.#table.name}.${column.name}`, message });
      if (left !== undefined) say(left.code, left.message);
      else this.#speak(column, say);
      return left === undefined;
    });
  }

  #speak({ default: preset, generated, ...column }: Column, say: (code: string, message: string) => void): void {
    const literal = literalOf({ default: preset, generated, ...column, dimensions: 0 });
    if (literal !== undefined && literal !== null) {
      say(
        'constant_value',
        `no field type makes values of type ${column.type}: it is always ${JSON.stringify(literal)}`,
      );
    } else if (literal === null) {
      say('constant_value', `no field type makes values of type ${column.type}: it is always null`);
    }
    if (preset !== null && generated === null) {
      say('has_default', `the system's default is ${preset.slice(0, MOST_SHOWN)}: take the field out to have it`);
    }
    if (generated !== null) say('identity_column', 'the system counts it as well, and does not know what rows bring');
  }

  /** All fields in the order of the columns; those that are decided already stand in place of what the import makes of them. */
  async #fields(
    columns: readonly Column[],
    { unique, counting }: OwnKeys,
    drafts: ReadonlyMap<string, Draft>,
  ): Promise<readonly OwnField[]> {
    const notices = new Notices();
    const imported = columns.map((column) => {
      const facts = this.#checks.facts.get(column.name) ?? {};
      const isApart = unique.has(column.name) && !drafts.has(column.name);
      const one = ownColumn(column, facts, isApart);
      return counting.has(column.name) && isApart ? { ...one, kind: 'integer' as const, primaryKey: true } : one;
    });
    const { name } = this.#table;
    const document = await new TemplateMaker(notices, false).template({ name, place: {}, columns: imported });
    const fields = document?.fields ?? [];
    const decided = new Set(
      fields.flatMap((field, i) => (drafts.has(columns[i]?.name ?? '') ? [`${name}.${field.name}`] : [])),
    );
    for (const { code, subject = name, message } of notices.list()) {
      if (OF_TYPES.has(code) || (decided.has(subject) && code !== 'name_changed')) continue;
      this.#told.push({ code, subject, message });
    }
    return fields.map((field, i): OwnField => {
      const { name: of = '', comment } = columns[i] ?? { comment: null };
      const draft = drafts.get(of);
      const plain = draft === undefined ? field : { name: field.name, ...draft };
      return comment === null ? plain : { ...plain, meta: { comment: comment.slice(0, MOST_COMMENT).toWellFormed() } };
    });
  }

  /** What counts goes on behind what is there. */
  async #counted(
    fields: readonly OwnField[],
    columns: readonly Column[],
    { counting }: OwnKeys,
  ): Promise<readonly OwnField[]> {
    const { greatest } = this.#options;
    const counted: OwnField[] = [];
    for (const [i, field] of fields.entries()) {
      const { name = '' } = columns[i] ?? {};
      if (field.type !== 'sequence' || !counting.has(name)) {
        counted.push(field);
        continue;
      }
      const least = this.#checks.facts.get(name)?.min ?? 1;
      const last = numberOf(await greatest?.(name));
      const start = Math.max(Math.ceil(least), last === undefined ? 1 : last + 1);
      if (last !== undefined && last >= 1) {
        const message = `it counts from ${start}, behind the greatest that is there now`;
        this.#told.push({ code: 'key_continues', subject: `${this.#table.name}.${field.name}`, message });
      }
      counted.push(start === 1 ? field : { ...field, options: { ...field.options, start } });
    }
    return counted;
  }
}

/** Fields of the columns that are decided by keys and foreign keys. */
function draftsOf(
  table: Table,
  links: readonly OwnLink[],
  { unique, uniqueLinks, linkDigits, digits }: OwnKeys,
): ReadonlyMap<string, Draft> {
  const drafts = new Map(digits);
  for (const [at, link] of links.entries()) {
    // Filled when the fields of the row are known.
    if (link.filling === 'self') continue;
    const isApart = uniqueLinks.has(link.key) || link.key.columns.some((name) => unique.has(name));
    const way = { at, unique: isApart, digit: linkDigits.get(link.key) };
    for (const [name, draft] of fieldsOfLink(link, table, way)) drafts.set(name, draft);
  }
  return drafts;
}

/** Rows that have to refer to a row of their own table refer to themselves: that is there when they are. */
function refersToItself(
  links: readonly OwnLink[],
  columns: readonly Column[],
  fields: readonly OwnField[],
  table: Table,
  tell: (notice: OwnNotice) => void,
): readonly OwnField[] {
  const byColumn = new Map(columns.map(({ name }, i) => [name, fields[i]]));
  const copies = new Map<string, OwnField>();
  for (const { key, filling } of links) {
    if (filling !== 'self') continue;
    const own = key.toColumns.map((name) => byColumn.get(name));
    // Only what counts is the same in two fields.
    const isKnown = own.every((field) => field?.type === 'sequence');
    const message = isKnown ? 'each row refers to itself' : 'it refers to rows of its own table, which are not known';
    tell({ code: 'foreign_key', subject: `${table.name}.${key.columns.join(', ')}`, message });
    if (isKnown) for (const [i, name] of key.columns.entries()) copies.set(name, own[i] as OwnField);
  }
  return fields.map((field, i) => {
    const copy = copies.get(columns[i]?.name ?? '');
    return copy === undefined ? field : { ...copy, name: field.name };
  });
}

function numberOf(value: Value | undefined): number | undefined {
  if (value === null || value === undefined) return undefined;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : undefined;
}
