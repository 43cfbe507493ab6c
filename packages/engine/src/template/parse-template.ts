import { nearest } from '../text/nearest.ts';
import type { Options } from '../types/field-type.ts';
import { commonOptions, findType, nearestType } from '../types/registry.ts';
import { countOf } from '../types/text/running-text.ts';
import { isWeighting, WEIGHTINGS, type Weighting } from '../types/weighting.ts';
import { checkCombination } from './check-combination.ts';
import { type Defaults, defaultsOf } from './defaults.ts';
import { type Diagnostic, failure, pointerTo, type Result, show, success } from './diagnostic.ts';
import { MAX_FIELDS, MAX_FIELDS_IN_ALL, MAX_NESTING } from './limits.ts';
import { parseDerived } from './parse-derived.ts';
import { parseOptions } from './parse-options.ts';
import { isStructure, parseParts } from './parse-parts.ts';
import { problemOfName } from './problem-of-name.ts';
import { sampledValues } from './sampled-values.ts';
import type { CommonOptions, Field, Nested, Template } from './template.ts';

export interface ParseOptions {
  /** Other templates by id, for `template` fields. */
  readonly templates?: ReadonlyMap<string, unknown>;
  /** Rows to sample from, by the name of the file or set they come from: objects, or single values. */
  readonly resources?: ReadonlyMap<string, readonly unknown[]>;
}

const FIELD_KEYS = ['name', 'type', 'options', ...Object.keys(commonOptions), 'blankPercentage'];
/** Keys of the fields of DataMaker's first clients: `active` false leaves a field out, `nested` holds inner fields. */
const CLIENT_KEYS = ['active', 'nested', 'optional', 'function', 'textCase', 'meta'];
const TEMPLATE_KEYS = [
  ...['name', 'fields', 'locale', 'weighting'],
  ...['id', 'version', 'description', 'createdAt', 'updatedAt', '$schema'],
];

/**
 * Parses a template document. Everything that is wrong is reported at once, each with the place and a remedy.
 * @param source the parsed JSON of a template: `{ name?, locale?, fields: [{ name, type, options? }] }`, or its list of fields
 */
export function parseTemplate(source: unknown, options: ParseOptions = {}): Result<Template> {
  const parser = new Parser(source, options);
  const template = parser.document(source, '');
  return parser.diagnostics.length === 0 && template !== undefined ? success(template) : failure(...parser.diagnostics);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** One class: how deep it is, which templates are open, and what has been reported is of the whole document. */
class Parser {
  readonly diagnostics: Diagnostic[] = [];
  readonly #root: unknown;
  readonly #templates: ReadonlyMap<string, unknown>;
  readonly #resources: ReadonlyMap<string, readonly unknown[]>;
  #count = 0;
  #depth = 0;
  #stack: string[] = [];

  constructor(root: unknown, { templates = new Map(), resources = new Map() }: ParseOptions) {
    this.#root = root;
    this.#templates = templates;
    this.#resources = resources;
  }

  #report = (diagnostic: Diagnostic): void => {
    // A template that is wrong everywhere is shown by its first hundred faults.
    if (this.diagnostics.length < 100) this.diagnostics.push(diagnostic);
  };

  document(source: unknown, pointer: string): Template | undefined {
    const document = Array.isArray(source) ? { fields: source } : source;
    if (!isObject(document)) {
      this.#report({
        code: 'invalid_template',
        pointer,
        message: `a template is an object, not ${show(source)}`,
        hint: 'write { "name": …, "fields": [ … ] }',
      });
      return undefined;
    }
    for (const key of Object.keys(document)) {
      if (TEMPLATE_KEYS.includes(key)) continue;
      const near = nearest(key, TEMPLATE_KEYS);
      this.#report({
        code: 'unknown_key',
        pointer: pointerTo(pointer, key),
        message: `unknown key ${show(key)}`,
        hint: near === undefined ? 'a template has `name`, `locale` and `fields`' : `did you mean \`${near}\`?`,
      });
    }
    const { name, locale, weighting, id } = document;
    if (name !== undefined && name !== null) this.#checkName(name, pointerTo(pointer, 'name'));
    if (locale !== undefined && typeof locale !== 'string') {
      this.#report({
        code: 'invalid_option',
        pointer: pointerTo(pointer, 'locale'),
        message: '`locale` must be a text such as "de_DE"',
      });
    }
    if (weighting !== undefined && weighting !== null && !isWeighting(weighting)) {
      this.#report({
        code: 'invalid_option',
        pointer: pointerTo(pointer, 'weighting'),
        message: `\`weighting\` must be one of ${WEIGHTINGS.join(', ')}, not ${show(weighting)}`,
      });
    }
    const ownId = typeof id === 'string' ? id : undefined;
    if (ownId !== undefined) this.#stack.push(ownId);
    const fields = this.fields(document['fields'], pointerTo(pointer, 'fields'), defaultsOf(document));
    if (ownId !== undefined) this.#stack.pop();
    return { name: typeof name === 'string' ? name : '', fields };
  }

  fields(source: unknown, pointer: string, defaults: Defaults): Field[] {
    if (!Array.isArray(source) || source.length === 0) {
      const message = Array.isArray(source) ? '`fields` is empty' : `\`fields\` must be a list, not ${show(source)}`;
      this.#report({
        code: 'missing_fields',
        pointer,
        message,
        hint: 'give at least one field: { "name": "id", "type": "sequence" }',
      });
      return [];
    }
    if (source.length > MAX_FIELDS) {
      this.#report({
        code: 'too_many_fields',
        pointer,
        message: `${source.length} fields; a template has at most ${MAX_FIELDS}`,
        hint: 'split it into several templates, or nest some',
      });
      return [];
    }
    this.#count += source.length;
    if (this.#count > MAX_FIELDS_IN_ALL) {
      this.#report({
        code: 'too_many_fields',
        pointer,
        message: `more than ${MAX_FIELDS_IN_ALL} fields with all nested ones`,
        hint: 'nest less, or lower `max_depth`',
      });
      return [];
    }
    const seen = new Map<string, number>();
    const fields: Field[] = [];
    const names = source.map((field) => (isObject(field) && typeof field['name'] === 'string' ? field['name'] : ''));
    source.forEach((item: unknown, index) => {
      if (isObject(item) && item['active'] === false) return;
      const at = pointerTo(pointer, index);
      const field = this.#field(item, at, defaults, names);
      if (field === undefined) return;
      const first = seen.get(field.name);
      if (first !== undefined) {
        this.#report({
          code: 'duplicate_name',
          pointer: `${at}/name`,
          message: `another field is called ${show(field.name)} (${pointer}/${first})`,
          hint: 'give each field its own name',
        });
      }
      seen.set(field.name, index);
      fields.push(field);
    });
    return fields;
  }

  #checkName(name: unknown, pointer: string): name is string {
    const problem = problemOfName(name);
    if (problem === undefined) return true;
    this.#report({ code: 'invalid_name', pointer, message: problem, hint: 'for instance "first_name"' });
    return false;
  }

  #field(source: unknown, pointer: string, defaults: Defaults, siblings: readonly string[]): Field | undefined {
    if (!isObject(source)) {
      this.#report({
        code: 'invalid_field',
        pointer,
        message: `a field is an object, not ${show(source)}`,
        hint: 'write { "name": …, "type": … }',
      });
      return undefined;
    }
    for (const key of Object.keys(source)) {
      if (FIELD_KEYS.includes(key) || CLIENT_KEYS.includes(key)) continue;
      const near = nearest(key, FIELD_KEYS);
      this.#report({
        code: 'unknown_key',
        pointer: pointerTo(pointer, key),
        message: `unknown key ${show(key)}`,
        hint: near === undefined ? "a type's own options go into `options`" : `did you mean \`${near}\`?`,
      });
    }
    const { name, type: typeName, options: given } = source;
    const named = this.#checkName(name, `${pointer}/name`);
    if (typeof typeName !== 'string') {
      this.#report({
        code: 'missing_type',
        pointer: `${pointer}/type`,
        message: '`type` is missing',
        hint: 'for instance "type": "first_name"',
      });
      return undefined;
    }
    const type = findType(typeName);
    if (type === undefined) {
      const near = nearestType(typeName);
      const hint = near === undefined ? '`datamaker types` lists them all' : `did you mean \`${near}\`?`;
      this.#report({
        code: 'unknown_type',
        pointer: `${pointer}/type`,
        message: `unknown type ${show(typeName)}`,
        hint,
      });
      return undefined;
    }
    if (given !== undefined && given !== null && !isObject(given)) {
      this.#report({
        code: 'invalid_option',
        pointer: `${pointer}/options`,
        message: `\`options\` must be an object, not ${show(given)}`,
      });
      return undefined;
    }
    const inner = source['nested'];
    const own = isObject(given) ? given : {};
    const inline = Array.isArray(inner) && inner.length > 0 && Object.hasOwn(type.options, 'fields');
    const before = this.diagnostics.length;
    // Common options may stand beside `type` or among `options`.
    const beside = Object.fromEntries(
      Object.entries(source).filter(
        ([key]) => key !== 'name' && key !== 'type' && key !== 'options' && FIELD_KEYS.includes(key),
      ),
    );
    const besideOptions = parseOptions(beside, commonOptions, pointer, this.#report);
    const options = parseOptions(
      inline ? { ...own, fields: inner } : own,
      { ...type.options, ...commonOptions },
      `${pointer}/options`,
      this.#report,
    );
    const all: Options = { ...besideOptions, ...options };
    // What a combination means may hang on the locale, which the template can set for all its fields.
    const inForce = defaults.locale === undefined ? all : { locale: defaults.locale, ...all };
    if (this.diagnostics.length === before) checkCombination(type, inForce, pointer, this.#report);
    if (!named || this.diagnostics.length > before) return undefined;
    const common: CommonOptions = {
      nullPercentage: (all['null_percentage'] as number | undefined) ?? 0,
      unique: all['unique'] === true,
      locale: (all['locale'] as string | undefined) ?? defaults.locale,
      weighting: (all['weighting'] as Weighting | undefined) ?? defaults.weighting ?? 'uniform',
      group: all['group'] as string | undefined,
      sensitive: (all['sensitive'] as boolean | undefined) ?? type.sensitive ?? false,
    };
    const field = { name: name as string, pointer, type, options: all, common };
    if (type.key === 'template' || type.key === 'object') {
      const nested = this.#nested(all, pointer, common);
      return nested === undefined ? undefined : { ...field, nested };
    }
    if (type.key === 'derived') {
      const others = siblings.filter((sibling) => sibling !== name && sibling !== '');
      const expression = parseDerived(all['expression'] as string, others, pointer, this.#report);
      return expression === undefined ? undefined : { ...field, expression };
    }
    if (type.key === 'sample') {
      const values = sampledValues(all, pointer, this.#resources, this.#report);
      return values === undefined ? undefined : { ...field, options: { ...all, values } };
    }
    if (!isStructure(type.key)) return field;
    const parts = parseParts(type.key, all, pointer, {
      defaults: common,
      siblings: siblings.filter((sibling) => sibling !== name && sibling !== ''),
      templateOf: (id) => (id === undefined ? this.#root : this.#templates.get(id)),
      templateIds: [...this.#templates.keys()],
      report: this.#report,
      field: (part, at, inner) => this.#part(part, at, inner),
    });
    return parts === undefined ? undefined : { ...field, parts };
  }

  /** A field inside another; it has no siblings to refer to. */
  #part(source: unknown, pointer: string, defaults: Defaults): Field | undefined {
    if (this.#depth >= MAX_NESTING) {
      const message = `fields stand inside each other more than ${MAX_NESTING} deep`;
      this.#report({ code: 'nested_too_deep', pointer, message, hint: 'nest less, or break the circle of references' });
      return undefined;
    }
    this.#count++;
    this.#depth++;
    const field = this.#field(source, pointer, defaults, []);
    this.#depth--;
    return field;
  }

  #nested(options: Options, pointer: string, defaults: Defaults): Nested | undefined {
    const id = options['template_id'];
    const inline = options['fields'];
    const count = countOf(options['count'] ?? 1);
    const array = options['array'] === true;
    if ((id === undefined) === (inline === undefined)) {
      const message =
        id === undefined
          ? 'a nested template needs `template_id` or `fields`'
          : '`template_id` and `fields` exclude each other';
      this.#report({
        code: 'invalid_option',
        pointer: `${pointer}/options`,
        message,
        hint: 'name another template, or give the fields here',
      });
      return undefined;
    }
    if (this.#stack.length >= MAX_NESTING * 2) {
      this.#report({
        code: 'nested_too_deep',
        pointer,
        message: `templates nest more than ${MAX_NESTING} deep`,
        hint: 'lower `max_depth`',
      });
      return undefined;
    }
    if (inline !== undefined) {
      this.#stack.push('');
      const fields = this.fields(inline, `${pointer}/options/fields`, defaults);
      this.#stack.pop();
      return { array, count, fields, ended: false };
    }
    return this.#byId(id as string, options, pointer, { array, count });
  }

  #byId(id: string, options: Options, pointer: string, shape: Pick<Nested, 'array' | 'count'>): Nested | undefined {
    const at = `${pointer}/options/template_id`;
    const source = this.#templates.get(id);
    if (source === undefined) {
      const near = nearest(id, this.#templates.keys());
      const hint = near === undefined ? 'create it first, or give its `fields` here' : `did you mean ${show(near)}?`;
      this.#report({ code: 'template_not_found', pointer: at, message: `there is no template ${show(id)}`, hint });
      return undefined;
    }
    const depth = this.#stack.filter((open) => open === id).length;
    const given = options['max_depth'] as number | undefined;
    if (depth > 0 && given === undefined) {
      this.#report({
        code: 'cyclic_template',
        pointer: at,
        message: `template ${show(id)} contains itself`,
        hint: 'give `max_depth` to say how often it may',
      });
      return undefined;
    }
    if (given !== undefined && depth >= given) return { ...shape, fields: [], ended: true };
    this.#stack.push(id);
    const document =
      isObject(source) && !Object.hasOwn(source, 'id')
        ? source
        : isObject(source)
          ? { ...source, id: undefined }
          : source;
    const nested = this.document(document, at);
    this.#stack.pop();
    if (nested === undefined) return undefined;
    return { ...shape, fields: nested.fields, ended: false };
  }
}
