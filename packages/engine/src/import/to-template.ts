import { MAX_FIELDS, MAX_FIELDS_IN_ALL, MAX_NAME_LENGTH, MAX_NESTING } from '../template/limits.ts';
import { hasControlCharacters } from '../text/control-characters.ts';
import type { ImportedColumn, ImportedEntity } from './imported-column.ts';
import { listField } from './list-field.ts';
import type { Draft } from './measure-field.ts';
import type { Notices, Place } from './notices.ts';
import type { FieldDocument, TemplateDocument } from './template-document.ts';
import { toField } from './to-field.ts';

/** Most items of a list, by how many lists it is in: what is in a row stays small. */
const MOST_ITEMS = [20, 5, 3];
const FEW_ITEMS = 2;
const USUAL_ITEMS = 3;

interface Level {
  /** How notices call what the columns are of. */
  readonly path: string;
  readonly depth: number;
  readonly lists: number;
}

/** Makes a template of an entity. What the template cannot say is told to `notices`. */
export class TemplateMaker {
  readonly #notices: Notices;
  /** Whether lists are kept as short as they can be. */
  readonly #lean: boolean;
  #fields = 0;

  constructor(notices: Notices, lean: boolean) {
    this.#notices = notices;
    this.#lean = lean;
  }

  /** @returns undefined for an entity without columns */
  async template(entity: ImportedEntity): Promise<TemplateDocument | undefined> {
    const name = this.#name(entity.name, 'imported', entity.place, entity.name);
    this.#fields = 0;
    if (entity.columns.length === 0) {
      this.#notices.add('no_columns', entity.place, 'it has no columns: no template is made of it', name);
      return undefined;
    }
    return { name, fields: await this.#columns(entity.columns, name, { path: name, depth: 0, lists: 0 }) };
  }

  async #columns(columns: readonly ImportedColumn[], entity: string, level: Level): Promise<FieldDocument[]> {
    const kept = this.#room(columns, level.path);
    const siblings = new Set(kept.map((column) => column.name));
    const taken = new Set<string>();
    const fields: FieldDocument[] = [];
    for (const [index, column] of kept.entries()) {
      const named = this.#name(column.name, `column_${index + 1}`, column.place, `${level.path}.${column.name}`);
      const name = this.#distinct(named, taken, column.place, level.path);
      const subject = `${level.path}.${name}`;
      const { type, options } = await this.#field(column, entity, siblings, subject, level);
      fields.push({ name, type, ...(Object.keys(options).length === 0 ? {} : { options }) });
    }
    return fields;
  }

  /** The columns that a template has room for. */
  #room(columns: readonly ImportedColumn[], path: string): readonly ImportedColumn[] {
    const room = Math.min(MAX_FIELDS, MAX_FIELDS_IN_ALL - this.#fields);
    const kept = columns.slice(0, room);
    this.#fields += kept.length;
    const [first] = columns.slice(room);
    if (first !== undefined) {
      const message = `${columns.length - room} columns from ${JSON.stringify(first.name.slice(0, 60))} on are left out: a template has at most ${MAX_FIELDS} fields in an object and ${MAX_FIELDS_IN_ALL} in all`;
      this.#notices.add('too_many_columns', first.place, message, path);
    }
    return kept;
  }

  async #field(
    column: ImportedColumn,
    entity: string,
    siblings: ReadonlySet<string>,
    subject: string,
    level: Level,
  ): Promise<Draft> {
    if (column.kind === 'object') return this.#object(column, subject, level);
    if (column.kind === 'array') return this.#array(column, entity, subject, level);
    return toField(column, { entity, siblings, notices: this.#notices, subject }, level.lists > 0);
  }

  async #object(
    column: ImportedColumn,
    subject: string,
    level: Level,
    array?: { min: number; max: number },
  ): Promise<Draft> {
    const nulls = this.#nulls(column);
    const columns = column.columns ?? [];
    // The parser counts the document itself as a level.
    const tooDeep = level.depth + 2 > MAX_NESTING;
    if (tooDeep || columns.length === 0 || this.#fields >= MAX_FIELDS_IN_ALL) {
      const reason = tooDeep
        ? `it is more than ${MAX_NESTING} levels deep`
        : columns.length === 0
          ? 'it has no properties'
          : `the template has ${MAX_FIELDS_IN_ALL} fields already`;
      const value = array === undefined ? {} : [];
      this.#notices.add('empty_object', column.place, `always ${JSON.stringify(value)}: ${reason}`, subject);
      return { type: 'constant', options: { value, ...nulls } };
    }
    const lists = level.lists + (array === undefined ? 0 : 1);
    const fields = await this.#columns(columns, column.name, { path: subject, depth: level.depth + 1, lists });
    const list = array === undefined ? {} : { array: true, count: array };
    return { type: 'template', options: { fields, ...list, ...nulls } };
  }

  async #array(column: ImportedColumn, entity: string, subject: string, level: Level): Promise<Draft> {
    const nulls = this.#nulls(column);
    const items = column.items;
    const count = this.#count(column, subject, level);
    if (items === undefined || count.max === 0) {
      if (items === undefined)
        this.#notices.add(
          'empty_list',
          column.place,
          'the source does not say what is in the list: it is always []',
          subject,
        );
      return { type: 'constant', options: { value: [], ...nulls } };
    }
    if (items.kind === 'object')
      return this.#object(
        {
          ...items,
          name: column.name,
          place: items.place,
          ...(column.nullable === true ? { nullable: true } : {}),
          ...(column.nullPercentage === undefined ? {} : { nullPercentage: column.nullPercentage }),
        },
        `${subject}[]`,
        level,
        count,
      );
    const depth = { ...level, depth: level.depth + 1, lists: level.lists + 1 };
    const inner =
      level.depth + 2 > MAX_NESTING
        ? undefined
        : await this.#field({ ...items, name: column.name }, entity, new Set(), `${subject}[]`, depth);
    if (inner === undefined) {
      this.#notices.add('empty_list', column.place, `always []: it is more than ${MAX_NESTING} levels deep`, subject);
      return { type: 'constant', options: { value: [], ...nulls } };
    }
    const draft = listField(inner, count);
    return { type: draft.type, options: { ...draft.options, ...nulls } };
  }

  #nulls(column: ImportedColumn): Record<string, number> {
    const share = column.nullable === true ? (column.nullPercentage ?? 10) : 0;
    return share > 0 ? { null_percentage: share } : {};
  }

  #count(
    { minItems = 1, maxItems, place }: ImportedColumn,
    subject: string,
    level: Level,
  ): { min: number; max: number } {
    const most = this.#lean ? FEW_ITEMS : (MOST_ITEMS[level.lists] ?? FEW_ITEMS);
    const wanted = maxItems ?? Math.max(minItems, USUAL_ITEMS);
    const max = Math.min(wanted, most);
    const min = Math.min(minItems, max);
    if (minItems > max)
      this.#notices.add(
        'short_list',
        place,
        `the source wants ${minItems} items or more; the field gives ${max}`,
        subject,
      );
    else if (maxItems !== undefined && maxItems > max)
      this.#notices.add(
        'short_list',
        place,
        `the source allows ${maxItems} items; the field gives at most ${max}`,
        subject,
      );
    return { min, max };
  }

  /** A name that a template can have. */
  #name(given: string, otherwise: string, place: Place, subject: string): string {
    let name = given.toWellFormed();
    if (hasControlCharacters(name))
      name = [...name].map((character) => (hasControlCharacters(character) ? ' ' : character)).join('');
    if (name.length > MAX_NAME_LENGTH) name = name.slice(0, MAX_NAME_LENGTH).toWellFormed();
    if (name.trim() === '') name = otherwise;
    if (name !== given)
      this.#notices.add(
        'name_changed',
        place,
        `the name ${JSON.stringify(given.slice(0, 60))} cannot be one of a template: ${JSON.stringify(name.slice(0, 60))} stands for it`,
        subject.slice(0, 100),
      );
    return name;
  }

  #distinct(name: string, taken: Set<string>, place: Place, path: string): string {
    let free = name;
    for (let i = 2; taken.has(free); i++) free = `${name.slice(0, MAX_NAME_LENGTH - 8)}_${i}`;
    taken.add(free);
    if (free !== name)
      this.#notices.add(
        'name_changed',
        place,
        `the name ${JSON.stringify(name.slice(0, 60))} is there twice: this one is called ${JSON.stringify(free.slice(0, 60))}`,
        path,
      );
    return free;
  }
}
