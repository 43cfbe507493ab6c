import { type FieldTypeInfo, fieldTypes, nearest } from '@datamaker/engine';
import categories from './data/categories.json' with { type: 'json' };
import published from './data/type-names.json' with { type: 'json' };

/** A type as this door calls it. */
export interface NamedType {
  /** One of DataGen's 70 names where it has one for the type, else the engine's key. */
  readonly name: string;
  readonly category: string;
  readonly info: FieldTypeInfo;
}

const normalise = (name: string): string => name.toLowerCase().replaceAll(/[\s_-]/g, '');

/** What only a worker outside the engine can make is not offered here. */
const infos = new Map(
  fieldTypes()
    .filter(({ external }) => external === undefined)
    .map((info) => [info.key, info]),
);

const ours = Object.entries(published).map(([name, { type, category }]): NamedType => {
  const info = infos.get(type);
  if (info === undefined) throw new Error(`the catalogue lacks ${type}, which is called ${name} here`);
  return { name, category, info };
});

const covered = new Set(ours.map(({ info }) => info.key));

/** All types: DataGen's names in their order, then what only the engine's catalogue has. */
export const namedTypes: readonly NamedType[] = [
  ...ours,
  ...[...infos.values()]
    .filter(({ key }) => !covered.has(key))
    .map((info) => ({ name: info.key, category: categoryOf(info.family), info })),
];

function categoryOf(family: string): string {
  const found = (categories as Readonly<Record<string, string>>)[family];
  if (found === undefined) throw new Error(`no category for the family ${family}`);
  return found;
}

const byName = new Map<string, NamedType>();
// Names first: `currency` is the code of one here, though the engine's type of that key is an amount.
for (const type of namedTypes) byName.set(normalise(type.name), type);
for (const type of namedTypes) {
  for (const alias of [type.info.key, ...type.info.aliases]) {
    if (!byName.has(normalise(alias))) byName.set(normalise(alias), type);
  }
}

const byKey = new Map<string, NamedType>();
for (const type of namedTypes) if (!byKey.has(type.info.key)) byKey.set(type.info.key, type);

/** The type of a name or alias; case, blanks, hyphens and underscores do not count. */
export const findNamedType = (name: string): NamedType | undefined => byName.get(normalise(name));

/** The type that a type of the engine is here. */
export const namedTypeOf = (key: string): NamedType | undefined => byKey.get(key);

/** The name that was probably meant. */
export const nearestTypeName = (name: string): string | undefined =>
  nearest(name.slice(0, 64), [...new Set(namedTypes.map((type) => type.name))]);
