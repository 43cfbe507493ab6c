import type { Field, TemplateDocument } from '../../../api/types.ts';

export interface Merged {
  readonly document: TemplateDocument;
  /** What both have changed, each in another way: there it is yours. A field that both have renamed is there under both names. */
  readonly disputed: readonly string[];
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
const byName = (fields: readonly Field[]) => new Map(fields.map((field) => [field.name, field]));

/**
 * What two have made of the same version of a template, put together: what one of them has changed is taken from that one. Fields are the
 * same that have the same name; they are in their order, those that only you have added behind the ones they stood behind with you.
 */
export function mergeDocuments(base: TemplateDocument, theirs: TemplateDocument, yours: TemplateDocument): Merged {
  const disputed: string[] = [];
  const pick = <T>(name: string, before: T, their: T, your: T): T => {
    if (same(your, before) || same(your, their)) return their;
    if (!same(their, before)) disputed.push(name);
    return your;
  };
  const [old, their, your] = [byName(base.fields), byName(theirs.fields), byName(yours.fields)];
  const kept = new Map<string, Field>();
  for (const name of new Set([...their.keys(), ...your.keys()])) {
    const field = pick(name, old.get(name), their.get(name), your.get(name));
    if (field !== undefined) kept.set(name, field);
  }
  const ownOf = (one: ReadonlyMap<string, Field>, other: ReadonlyMap<string, Field>): boolean =>
    [...one.keys()].some((name) => !old.has(name) && !other.has(name));
  if (ownOf(their, your) && ownOf(your, their)) {
    // Whether it was taken out or called something else cannot be told from outside.
    disputed.push(...[...old.keys()].filter((name) => !their.has(name) && !your.has(name)));
  }
  const orderOf = ({ fields }: TemplateDocument): string[] =>
    fields.flatMap(({ name }) => (old.has(name) && their.has(name) && your.has(name) ? [name] : []));
  const theirOrder = orderOf(theirs);
  const isYourOrder = !same(pick('the order of fields', orderOf(base), theirOrder, orderOf(yours)), theirOrder);
  const [first, second] = isYourOrder ? [yours, theirs] : [theirs, yours];
  const names = first.fields.map(({ name }) => name);
  for (const [index, { name }] of second.fields.entries()) {
    if (names.includes(name)) continue;
    const before = second.fields[index - 1]?.name;
    names.splice(before === undefined ? 0 : names.indexOf(before) + 1, 0, name);
  }
  const locale = pick('locale', base.locale, theirs.locale, yours.locale);
  const weighting = pick('weighting', base.weighting, theirs.weighting, yours.weighting);
  return {
    document: {
      name: pick('name', base.name, theirs.name, yours.name),
      fields: names.flatMap((name) => kept.get(name) ?? []),
      ...(locale === undefined ? {} : { locale }),
      ...(weighting === undefined ? {} : { weighting }),
    },
    disputed,
  };
}
