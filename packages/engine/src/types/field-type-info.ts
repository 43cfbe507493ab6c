import type { OptionSpec } from './field-type.ts';
import { allTypes, commonOptions } from './registry.ts';

/** A type as the catalogue shows it. */
export interface FieldTypeInfo {
  readonly key: string;
  readonly label: string;
  readonly family: string;
  readonly summary: string;
  readonly aliases: readonly string[];
  readonly options: readonly OptionInfo[];
  readonly example: unknown;
  /** Options of the example, where the type does not go without. */
  readonly exampleOptions: Readonly<Record<string, unknown>>;
  /** Other fields that the example refers to. */
  readonly exampleFields: readonly unknown[];
  /** What runs it outside the engine, where the engine cannot make its values. */
  readonly external: string | undefined;
  /** Who makes its values: the kernel, over a million a second; JavaScript, fewer, or at least row by row; or a worker outside. */
  readonly speed: 'compiled' | 'javascript' | 'external';
  readonly localised: boolean;
  readonly sensitive: boolean;
  /** Why it yields fewer than a million values a second, where it does. */
  readonly slow: string | undefined;
}

export interface OptionInfo {
  readonly name: string;
  /** What it takes, in words. */
  readonly type: string;
  readonly summary: string;
  readonly aliases: readonly string[];
  readonly required: boolean;
  readonly default: unknown;
}

/** The catalogue of field types, by family. */
export function fieldTypes(): readonly FieldTypeInfo[] {
  return allTypes.map((type) => ({
    key: type.key,
    label: type.label,
    family: type.family,
    summary: type.summary,
    aliases: type.aliases ?? [],
    options: infos(type.options),
    example: type.example,
    exampleOptions: type.exampleOptions ?? {},
    exampleFields: type.exampleFields ?? [],
    external: type.external,
    speed: type.external !== undefined ? 'external' : type.slow === undefined ? 'compiled' : 'javascript',
    localised: type.localised ?? false,
    sensitive: type.sensitive ?? false,
    slow: type.slow,
  }));
}

/** Options that every type has. */
export const commonOptionInfos = (): readonly OptionInfo[] => infos(commonOptions);

const infos = (specs: Readonly<Record<string, OptionSpec>>): OptionInfo[] =>
  Object.entries(specs).map(([name, spec]) => ({
    name,
    type: spec.kind === 'one of' ? spec.values.join(' | ') : spec.kind,
    summary: spec.summary,
    aliases: spec.aliases ?? [],
    required: spec.required ?? false,
    default: spec.default,
  }));
