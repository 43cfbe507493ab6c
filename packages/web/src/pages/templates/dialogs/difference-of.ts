import type { Field, TemplateDiff, TemplateDocument } from '../../../api/types.ts';

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
const byName = (fields: readonly Field[]) => new Map(fields.map((field) => [field.name, field]));

/** How one state of a template differs from another, as the API tells it of two versions. */
export function differenceOf(from: TemplateDocument, to: TemplateDocument): TemplateDiff {
  const before = byName(from.fields);
  const after = byName(to.fields);
  const changed = Object.fromEntries(
    (['name', 'locale', 'weighting'] as const).flatMap((key) =>
      from[key] === to[key] ? [] : [[key, { from: from[key] ?? null, to: to[key] ?? null }]],
    ),
  );
  const common = [...before.keys()].filter((name) => after.has(name));
  const fields = {
    added: [...after.values()].filter(({ name }) => !before.has(name)),
    removed: [...before.values()].filter(({ name }) => !after.has(name)),
    changed: common
      .map((name) => ({ name, from: before.get(name) as Field, to: after.get(name) as Field }))
      .filter((one) => !same(one.from, one.to)),
    reordered: !same(
      common,
      [...after.keys()].filter((name) => before.has(name)),
    ),
  };
  const count = Object.keys(changed).length + fields.added.length + fields.removed.length + fields.changed.length;
  return { same: count === 0 && !fields.reordered, changed, fields };
}
