import type { OptionInfo } from '@datamaker/engine';
import type { Diagnostic } from '../../../api/problem.ts';
import type { Field } from '../../../api/types.ts';

/** The value of an option, by whichever of its names it stands there; some may stand beside the name of the field. */
export function optionOf(field: Field, option: Pick<OptionInfo, 'name' | 'aliases'>): unknown {
  for (const name of [option.name, ...option.aliases]) {
    if (field.options !== undefined && Object.hasOwn(field.options, name)) return field.options[name];
    if (Object.hasOwn(field, name) && name !== 'name' && name !== 'type') return field[name];
  }
  return undefined;
}

/** @param value undefined: as if it had not been set */
export function withOption(field: Field, option: Pick<OptionInfo, 'name' | 'aliases'>, value: unknown): Field {
  const names = new Set([option.name, ...option.aliases]);
  const rest = Object.entries(field).filter(([name]) => name === 'name' || name === 'type' || !names.has(name));
  const options = Object.entries(field.options ?? {}).filter(([name]) => !names.has(name));
  if (value !== undefined) options.push([option.name, value]);
  const { options: _, ...bare } = Object.fromEntries(rest) as Field;
  return options.length === 0 ? bare : { ...bare, options: Object.fromEntries(options) };
}

/** Another type, with those options that every type has. */
export function withType(
  field: Field,
  type: string,
  common: readonly OptionInfo[],
  exampleOptions: Readonly<Record<string, unknown>>,
): Field {
  const names = new Set(common.flatMap(({ name, aliases }) => [name, ...aliases]));
  const kept = Object.entries(field.options ?? {}).filter(([name]) => names.has(name));
  const options = { ...exampleOptions, ...Object.fromEntries(kept) };
  const { options: _, ...bare } = field;
  return Object.keys(options).length === 0 ? { ...bare, type } : { ...bare, type, options };
}

/** Moves an item of a list to another place. */
export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const rest = items.filter((_, index) => index !== from);
  return [...rest.slice(0, to), items[from] as T, ...rest.slice(to)];
}

/** A name that no other field has: `field`, `field_2` … */
export function freeName(fields: readonly Field[], wanted: string): string {
  const taken = new Set(fields.map(({ name }) => name));
  let name = wanted;
  for (let n = 2; taken.has(name); n++) name = `${wanted}_${n}`;
  return name;
}

/** What is wrong at a place or further in. */
export const within = (diagnostics: readonly Diagnostic[], pointer: string): readonly Diagnostic[] =>
  diagnostics.filter((one) => one.pointer === pointer || one.pointer?.startsWith(`${pointer}/`));

/** The word that a hint offers in place of a mistyped type or locale. */
export const offeredWord = ({ code, hint }: Diagnostic): string | undefined =>
  code === 'unknown_type' || code === 'unknown_locale'
    ? /^did you mean `?([\w.-]+)`?\?/.exec(hint ?? '')?.[1]
    : undefined;
