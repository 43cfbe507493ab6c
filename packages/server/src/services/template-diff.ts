import { isDeepStrictEqual } from 'node:util';
import type { TemplateDocument } from '../store/schema.ts';

/** A template at one of its versions, as far as it can be compared. */
interface Compared {
  readonly version: number;
  readonly name: string;
  readonly document: TemplateDocument;
}

export interface Change {
  readonly from: unknown;
  readonly to: unknown;
}

export interface FieldChange extends Change {
  readonly name: string;
  /** JSON pointers to what differs, within the field. */
  readonly pointers: readonly string[];
}

/** What became of a template between two versions; what is not named is the same. */
export interface TemplateDiff {
  readonly from: number;
  readonly to: number;
  readonly same: boolean;
  /** Of `name`, `locale` and `weighting`; null: there is none. */
  readonly changed: Readonly<Record<string, Change>>;
  readonly fields: {
    readonly added: readonly unknown[];
    readonly removed: readonly unknown[];
    readonly changed: readonly FieldChange[];
    /** Whether those that both have come in another order. */
    readonly reordered: boolean;
  };
}

export function diffTemplates(from: Compared, to: Compared): TemplateDiff {
  const changed: Record<string, Change> = {};
  for (const key of ['name', 'locale', 'weighting'] as const) {
    const [before, after] = [from, to].map((one) => (key === 'name' ? one.name : one.document[key]) ?? null);
    if (before !== after) changed[key] = { from: before, to: after };
  }
  const before = byName(from.document);
  const after = byName(to.document);
  const common = [...before.keys()].filter((name) => after.has(name));
  const fields = {
    added: [...after].filter(([name]) => !before.has(name)).map(([, field]) => field),
    removed: [...before].filter(([name]) => !after.has(name)).map(([, field]) => field),
    changed: common
      .filter((name) => !isDeepStrictEqual(before.get(name), after.get(name)))
      .map((name) => ({
        name,
        from: before.get(name),
        to: after.get(name),
        pointers: pointersTo(before.get(name), after.get(name)),
      })),
    reordered: !isDeepStrictEqual(
      common,
      [...after.keys()].filter((name) => before.has(name)),
    ),
  };
  const same =
    Object.keys(changed).length + fields.added.length + fields.removed.length + fields.changed.length === 0 &&
    !fields.reordered;
  return { from: from.version, to: to.version, same, changed, fields };
}

const byName = ({ fields }: TemplateDocument): Map<string, unknown> =>
  new Map(fields.map((field) => [(field as { name: string }).name, field]));

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Where two values differ: the places deepest down. */
function pointersTo(from: unknown, to: unknown, at = ''): string[] {
  if (isDeepStrictEqual(from, to)) return [];
  if (!isObject(from) || !isObject(to) || Array.isArray(from) !== Array.isArray(to)) return [at];
  const keys = new Set([...Object.keys(from), ...Object.keys(to)]);
  return [...keys].flatMap((key) =>
    pointersTo(from[key], to[key], `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
}
