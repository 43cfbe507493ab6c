import { type Diagnostic, failure, pointerTo, type Result, show, success } from '../template/diagnostic.ts';
import { parseOptions } from '../template/parse-options.ts';
import { nearest } from '../text/nearest.ts';
import type { OptionSpec } from '../types/field-type.ts';
import { checkOptions } from './check-options.ts';
import { FORMATS, type Format, type FormatDeclaration, formatTable } from './format-table.ts';

type Table = typeof formatTable;

/** What an option's value is, from its declaration. */
type OptionValue<Spec> = Spec extends { readonly kind: 'one of'; readonly values: readonly (infer Value)[] }
  ? Value
  : Spec extends { readonly kind: 'boolean' }
    ? boolean
    : Spec extends { readonly kind: 'integer' }
      ? number
      : Spec extends { readonly kind: 'list' }
        ? readonly string[]
        : string;

type RequiredNames<Options> = {
  [Name in keyof Options]: Options[Name] extends { readonly required: true } ? Name : never;
}[keyof Options];

/** A format and its options: those without a value have their default. */
export type OptionsOf<F extends Format> = { readonly format: F } & {
  readonly [Name in Exclude<keyof Table[F]['options'], RequiredNames<Table[F]['options']>>]?: OptionValue<
    Table[F]['options'][Name]
  >;
} & { readonly [Name in RequiredNames<Table[F]['options']>]: OptionValue<Table[F]['options'][Name]> };

export type FormatOptions = { [F in Format]: OptionsOf<F> }[Format];

/** What a format is: media type, file extension, a line about it. */
export const formatInfo = (format: Format): FormatDeclaration => formatTable[format];

/**
 * Checks a format and its options, e.g. `{ format: 'sql', dialect: 'mysql', table: 'customers' }`. What depends on the
 * fields is left to `checkFormat`.
 */
export function parseFormat(value: unknown): Result<FormatOptions> {
  if (value === null || typeof value !== 'object') {
    return failure(unknownFormat(`the format must be named, not ${show(value)}`, undefined));
  }
  const { format, ...given } = value as Record<string, unknown>;
  if (!isFormat(format)) return failure(unknownFormat(`unknown format ${show(format)}`, format));
  const diagnostics: Diagnostic[] = [];
  const specs: Readonly<Record<string, OptionSpec>> = formatTable[format].options;
  const own: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(given)) {
    const elsewhere = Object.hasOwn(specs, name) ? [] : formatsWith(name);
    if (elsewhere.length === 0) own[name] = option;
    else if (option !== undefined && option !== null) diagnostics.push(misplaced(name, format, elsewhere));
  }
  const options = parseOptions(own, specs, '', (diagnostic) => diagnostics.push(diagnostic));
  for (const { option, message, hint } of checkOptions(format, options)) {
    diagnostics.push({ code: 'invalid_option', pointer: pointerTo('', option), message, hint });
  }
  if (diagnostics.length > 0) return failure(...diagnostics);
  return success({ format, ...options } as FormatOptions);
}

const isFormat = (value: unknown): value is Format => (FORMATS as readonly unknown[]).includes(value);

const formatsWith = (option: string): Format[] =>
  FORMATS.filter((format) => Object.hasOwn(formatTable[format].options, option));

const misplaced = (name: string, format: Format, elsewhere: readonly Format[]): Diagnostic => ({
  code: 'unknown_option',
  pointer: pointerTo('', name),
  message: `format ${format} has no option \`${name}\``,
  hint: `it is an option of ${elsewhere.join(' and ')}: leave it out, or choose that format`,
});

function unknownFormat(message: string, given: unknown): Diagnostic {
  const near = typeof given === 'string' ? nearest(given, FORMATS) : undefined;
  const formats = `formats: ${FORMATS.join(', ')}`;
  const hint = near === undefined ? formats : `did you mean ${near}? ${formats}`;
  return { code: 'invalid_format', pointer: '/format', message, hint };
}
