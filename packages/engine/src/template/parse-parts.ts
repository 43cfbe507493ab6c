import { nearest } from '../text/nearest.ts';
import type { Options } from '../types/field-type.ts';
import { type Defaults, defaultsOf, NO_DEFAULTS } from './defaults.ts';
import { type Diagnostic, pointerTo, show } from './diagnostic.ts';
import type { Field, Part } from './template.ts';

/** What the parser lends to the types that are made of other fields. */
interface Tools {
  readonly defaults: Defaults;
  /** Names of the other fields of the object. */
  readonly siblings: readonly string[];
  /** A template document by id; the one being parsed when there is no id. */
  readonly templateOf: (id: string | undefined) => unknown;
  readonly templateIds: readonly string[];
  readonly report: (diagnostic: Diagnostic) => void;
  readonly field: (source: unknown, pointer: string, defaults: Defaults) => Field | undefined;
}

type Parse = (options: Options, pointer: string, tools: Tools) => readonly Part[] | undefined;

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const structures: Readonly<Record<string, Parse>> = {
  array: (options, pointer, { field, defaults }) => {
    const item = field({ ...(options['of'] as object), name: 'item' }, `${pointer}/options/of`, defaults);
    return item === undefined ? undefined : [{ key: '', field: item }];
  },
  switch: (options, pointer, tools) => {
    if (!isSibling(options['field'] as string, `${pointer}/options/field`, tools)) return undefined;
    const given = Object.entries(options['cases'] as Readonly<Record<string, object>>);
    const cases = given.map(([key, part], index) => {
      const field = tools.field(
        { ...part, name: `case ${index}` },
        pointerTo(`${pointer}/options/cases`, key),
        tools.defaults,
      );
      return field === undefined ? undefined : { key, field };
    });
    return withDefault(cases, options['default'] ?? { type: 'null' }, pointer, tools);
  },
  mapped: (options, pointer, tools) => {
    if (!isSibling(options['field'] as string, `${pointer}/options/field`, tools)) return undefined;
    const constant = (value: unknown): object => ({ type: 'constant', options: { value } });
    const given = Object.entries(options['map'] as Readonly<Record<string, unknown>>);
    const cases = given.map(([key, value], index) => {
      const at = pointerTo(`${pointer}/options/map`, key);
      const field = tools.field(
        { ...(value === null ? { type: 'null' } : constant(value)), name: `case ${index}` },
        at,
        NO_DEFAULTS,
      );
      return field === undefined ? undefined : { key, field };
    });
    const otherwise = options['default'];
    return withDefault(cases, otherwise === undefined ? { type: 'null' } : constant(otherwise), pointer, tools);
  },
  reference: parseReference,
  running_total: (options, pointer, tools) =>
    isSibling(options['field'] as string, `${pointer}/options/field`, tools) ? [] : undefined,
};

/** Whether a type is made of other fields, in other ways than `template` and `derived`. */
export const isStructure = (key: string): boolean => Object.hasOwn(structures, key);

/** The fields that a field is made of; undefined when something is wrong with them, which is reported. */
export const parseParts = (key: string, options: Options, pointer: string, tools: Tools): readonly Part[] | undefined =>
  structures[key]?.(options, pointer, tools);

function withDefault(
  cases: readonly (Part | undefined)[],
  otherwise: unknown,
  pointer: string,
  tools: Tools,
): readonly Part[] | undefined {
  const last = tools.field({ ...(otherwise as object), name: 'default' }, `${pointer}/options/default`, tools.defaults);
  if (last === undefined || cases.includes(undefined)) return undefined;
  return [...(cases as readonly Part[]), { key: '', field: last }];
}

function isSibling(name: string, pointer: string, { siblings, report }: Tools): boolean {
  if (siblings.includes(name)) return true;
  const near = nearest(name, siblings);
  const hint = near === undefined ? `other fields: ${siblings.join(', ') || 'none'}` : `did you mean ${show(near)}?`;
  report({ code: 'unknown_field', pointer, message: `there is no other field ${show(name)}`, hint });
  return false;
}

/** The field of the other template, parsed as that template says for its fields. */
function parseReference(options: Options, pointer: string, tools: Tools): readonly Part[] | undefined {
  const { template_id: id, fields: inline, field: name } = options as Record<string, string | undefined>;
  const at = `${pointer}/options/template_id`;
  const document = inline === undefined ? tools.templateOf(id) : { fields: inline };
  if (document === undefined) {
    const near = nearest(id ?? '', tools.templateIds);
    const hint = near === undefined ? 'create it first, or give its `fields` here' : `did you mean ${show(near)}?`;
    tools.report({ code: 'template_not_found', pointer: at, message: `there is no template ${show(id)}`, hint });
    return undefined;
  }
  const fields: unknown = Array.isArray(document) ? document : isObject(document) ? document['fields'] : undefined;
  const specs = Array.isArray(fields) ? fields.filter(isObject) : [];
  const spec = specs.find((each) => each['name'] === name);
  if (spec === undefined) {
    const names = specs.map((each) => String(each['name']));
    const near = nearest(name ?? '', names);
    const hint =
      near === undefined ? `its fields: ${names.slice(0, 20).join(', ') || 'none'}` : `did you mean ${show(near)}?`;
    const message = `the other template has no field ${show(name)}`;
    tools.report({ code: 'unknown_field', pointer: `${pointer}/options/field`, message, hint });
    return undefined;
  }
  const field = tools.field(spec, `${pointer}/options/field`, defaultsOf(document));
  return field === undefined ? undefined : [{ key: '', field }];
}
