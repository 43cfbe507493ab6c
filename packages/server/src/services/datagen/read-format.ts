import { checkFormat, type Diagnostic, FORMATS, type FormatOptions, type Plan, parseFormat } from '@datamaker/engine';
import { type BodyReader, isObject, show } from './body-reader.ts';

/** DataGen's names of formats; beside them, the engine's own. */
const NAMES: Readonly<Record<string, string>> = {
  json: 'json',
  csv: 'csv',
  jsonl: 'ndjson',
  excel: 'xlsx',
  xml: 'xml',
};
export const OUTPUT_FORMATS: readonly string[] = [...new Set([...Object.keys(NAMES), ...FORMATS])];

/** A format that is asked for. */
export interface OutputFormat {
  /** As the client calls it. */
  readonly name: string;
  readonly options: FormatOptions;
}

const JSON_FORMAT: OutputFormat = { name: 'json', options: { format: 'json' } };

/** The fix where a format cannot do with what is given. */
const AS_JSON = { output_format: 'json', exportFormat: null, format_options: null };

/** What the output is to be: `output_format`, and the options of the format in `format_options`. */
export function readFormat(reader: BodyReader): OutputFormat {
  const name = reader.oneOf('output_format', OUTPUT_FORMATS, ['exportFormat'], 'unknown_format') ?? 'json';
  const format = NAMES[name] ?? name;
  const given = reader.take('format_options') ?? {};
  if (!isObject(given)) {
    const message = `format_options must be an object, not ${show(given)}`;
    const fine = parseFormat({ format }).ok;
    const fix = fine ? { format_options: null } : AS_JSON;
    const hint = 'for instance { "delimiter": ";" }, or nothing';
    reader.report('format_options', 'invalid_value', message, hint, null, { suggested_fix: fix });
    return JSON_FORMAT;
  }
  const parsed = parseFormat({ ...given, format });
  if (parsed.ok) return { name, options: parsed.value };
  reportFormat(reader, format, given, parsed.diagnostics);
  return JSON_FORMAT;
}

/** Reports what is wrong with a format for the fields of a plan. */
export function checkFormatOf(reader: BodyReader, { options }: OutputFormat, plan: Plan): void {
  const diagnostics = checkFormat(options, plan);
  const { format, ...given } = options;
  if (diagnostics.length > 0) reportFormat(reader, format, given, diagnostics);
}

function reportFormat(
  reader: BodyReader,
  format: string,
  given: Readonly<Record<string, unknown>>,
  diagnostics: readonly Diagnostic[],
): void {
  const bad = new Set(diagnostics.map(({ pointer }) => pointer.split('/')[1]));
  const kept = Object.fromEntries(Object.entries(given).filter(([key]) => !bad.has(key) && key !== 'format'));
  const fine = parseFormat({ ...kept, format }).ok;
  const fix = fine ? { format_options: kept } : AS_JSON;
  for (const { code, message, hint } of diagnostics) {
    const more = hint ?? 'see the page of formats for the options of each';
    reader.report('format_options', code, message, more, undefined, { suggested_fix: fix });
  }
}
