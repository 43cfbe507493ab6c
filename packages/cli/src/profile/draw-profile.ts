import type { FieldProfile, Profile } from '@datamaker/engine';
import { cut } from '../output/cut.ts';
import { drawTable } from '../output/draw-table.ts';

const BLOCKS = ' ▁▂▃▄▅▆▇█';
const BARS = 16;

/** A profile as a table for people: one line for each field, below it the promises that do not hold. */
export function drawProfile(profile: Profile): string {
  const header = ['field', 'type', 'null', 'distinct', 'from', 'to', 'mean', 'histogram', 'commonest'];
  const lines = [header, ...profile.fields.map(cellsOf)];
  const table = drawTable(lines, new Set([2, 3]));
  const more = profile.truncated ? ['(there are more fields than are told of)'] : [];
  return `${[...table, ...more, '', checksOf(profile)].join('\n')}\n`;
}

function cellsOf(field: FieldProfile): string[] {
  const { path, type, count, nulls, distinct, top } = field;
  const [from, to, mean] = rangeOf(field);
  const [first] = top.values;
  // Of values that hardly repeat none is common.
  const common = first === undefined || first.share < 0.01 ? '' : `${cut(first.value)} ${percent(first.share)}`;
  return [
    cut(path),
    type ?? Object.keys(field.kinds).join(', '),
    count === 0 ? '' : percent(nulls / count),
    `${distinct.exact ? '' : '~'}${distinct.value.toLocaleString('en')}`,
    from,
    to,
    mean,
    bars(field),
    common,
  ];
}

function rangeOf({ numbers, dates, lengths, kinds }: FieldProfile): [string, string, string] {
  if (numbers !== undefined) return [number(numbers.min), number(numbers.max), number(numbers.mean)];
  if (dates !== undefined) return [day(dates.min), day(dates.max), day(dates.mean)];
  if (lengths === undefined) return ['', '', ''];
  const unit = kinds.list === undefined ? 'chars' : 'items';
  return [`${lengths.min} ${unit}`, `${lengths.max} ${unit}`, number(lengths.mean)];
}

/** The histogram in as many blocks as there is room for. */
function bars({ histogram }: FieldProfile): string {
  const bins = histogram?.bins ?? [];
  const together = Math.ceil(bins.length / BARS);
  const heights = Array.from({ length: Math.ceil(bins.length / Math.max(1, together)) }, (_, i) =>
    bins.slice(i * together, (i + 1) * together).reduce((sum, { count }) => sum + count, 0),
  );
  const highest = Math.max(1, ...heights);
  // What is there at all is seen.
  return heights.map((height) => BLOCKS[Math.ceil((8 * height) / highest)] ?? '').join('');
}

function checksOf({ fields }: Profile): string {
  const checks = fields.flatMap(({ path, checks: all }) => all.map((check) => ({ path, ...check })));
  const failed = checks.filter(({ ok }) => !ok);
  const held = `${checks.length - failed.length} of ${checks.length} promises of the template hold`;
  return [
    held,
    ...failed.map((check) => {
      const tolerance = check.tolerance === 0 ? '' : ` ± ${number(check.tolerance)}`;
      const expected = typeof check.expected === 'number' ? number(check.expected) : check.expected;
      const got = typeof check.got === 'number' ? number(check.got) : check.got;
      const example = check.example === undefined ? '' : `, such as ${cut(check.example)}`;
      return `  ${check.path}: ${check.what}: expected ${expected}${tolerance}, got ${got}${example} [${check.name}]`;
    }),
  ].join('\n');
}

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;
const number = (value: number): string =>
  Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
const day = (iso: string): string => iso.slice(0, 10);
