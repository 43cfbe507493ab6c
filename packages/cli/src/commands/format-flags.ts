import { FORMATS, type FormatOptionInfo, formatOptionInfos, formatTable } from '@datamaker/engine/formats';
import { type Arguments, type Flag, flagValue } from '../arguments/command.ts';
import { toNumber } from '../arguments/to-number.ts';

/** An option as the formats that have it declare it. */
type Group = readonly [FormatOptionInfo, ...FormatOptionInfo[]];

const groups: readonly Group[] = [
  ...Map.groupBy(formatOptionInfos(), (option) => option.name).values(),
] as unknown as readonly Group[];

const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** What is true unless one says otherwise is a switch that says otherwise. */
const nameOf = ([option]: Group): string =>
  option.kind === 'boolean' && option.default === true ? `no-${kebab(option.name)}` : kebab(option.name);

const VALUES: Readonly<Record<FormatOptionInfo['kind'], string | undefined>> = {
  boolean: undefined,
  integer: 'N',
  string: 'text',
  'one of': 'name',
  list: 'names',
};

function flagOf(group: Group): Flag {
  const [{ kind }] = group;
  const value = VALUES[kind];
  return { name: nameOf(group), ...(value === undefined ? {} : { value }), summary: summaryOf(group) };
}

/** Formats that say the same of an option share a line. */
function summaryOf(group: Group): string {
  const lines = Map.groupBy(group, (option) => wording(option));
  return [...lines]
    .map(([words, options]) => `with ${options.map((option) => option.format).join(', ')}: ${words}`)
    .join('; ');
}

function wording({ kind, type, summary, required, ...option }: FormatOptionInfo): string {
  if (kind === 'boolean') return option.default === true ? `without ${summary}` : summary;
  const takes = kind === 'one of' || kind === 'integer' ? `, ${type.replaceAll(' | ', ', ')}` : '';
  const list = kind === 'list' ? ', separated by commas' : '';
  const otherwise = option.default === undefined ? '' : ` (default: ${option.default})`;
  return `${summary}${takes}${list}${otherwise}${required ? ' (required)' : ''}`;
}

/** The flags of the options of all formats. */
export const formatFlags: readonly Flag[] = groups.map(flagOf);

/** The formats, as a sentence names them. */
export const formatNames = `${FORMATS.slice(0, -1).join(', ')} or ${FORMATS.at(-1)}`;

/** The flag of an option of a format, without its dashes; undefined when no format has the option. */
export function flagOfOption(option: string): string | undefined {
  const group = groups.find(([{ name }]) => name === option);
  return group === undefined ? undefined : nameOf(group);
}

/** The options of formats that the user gave, of the kinds that the engine takes. */
export function formatOptionsGiven(args: Arguments): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const group of groups) {
    const [{ name, kind, default: otherwise }] = group;
    const flag = nameOf(group);
    const text = flagValue(args, flag);
    if (kind === 'boolean') {
      if (args.flags.has(flag)) given[name] = otherwise !== true;
    } else if (text !== undefined) {
      given[name] = kind === 'integer' ? toNumber(text) : kind === 'list' ? text.split(',') : text;
    }
  }
  return given;
}

const OTHER_EXTENSIONS: Readonly<Record<string, string>> = { '.jsonl': 'ndjson' };

/** The format of files with this ending, such as `.csv`. */
export const formatOfExtension = (extension: string): string | undefined =>
  OTHER_EXTENSIONS[extension] ?? FORMATS.find((format) => `.${formatTable[format].extension}` === extension);
