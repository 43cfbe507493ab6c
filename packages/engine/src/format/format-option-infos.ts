import type { OptionSpec } from '../types/field-type.ts';
import { FORMATS, type Format, formatTable } from './format-table.ts';

/** An option of a format, as the command line, the API and the docs show it. */
export interface FormatOptionInfo {
  readonly format: Format;
  readonly name: string;
  readonly kind: 'boolean' | 'integer' | 'string' | 'one of' | 'list';
  /** What it takes, in words. */
  readonly type: string;
  readonly summary: string;
  readonly default: unknown;
  readonly required: boolean;
}

const typeOf = (spec: OptionSpec): string => {
  if (spec.kind === 'one of') return spec.values.join(' | ');
  if (spec.kind === 'list') return 'list of names';
  if (spec.kind === 'integer') return `whole number from ${spec.min} to ${spec.max}`;
  return spec.kind === 'string' ? 'text' : spec.kind;
};

/** Every option of every format, in the order of the formats. */
export function formatOptionInfos(): readonly FormatOptionInfo[] {
  return FORMATS.flatMap((format) =>
    Object.entries<OptionSpec>(formatTable[format].options).map(([name, spec]) => ({
      format,
      name,
      kind: spec.kind as FormatOptionInfo['kind'],
      type: typeOf(spec),
      summary: spec.summary,
      default: spec.default,
      required: spec.required ?? false,
    })),
  );
}
