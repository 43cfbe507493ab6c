import courses from '../data/courses.json' with { type: 'json' };
import { type DraftField, type TablePass, withOptions } from './draft-field.ts';

interface Course {
  readonly course: string;
  readonly near?: readonly string[];
  readonly stages: readonly (readonly string[])[];
}

/** Types that take the option `stage`. */
const STAGED = new Set(['date', 'datetime', 'time']);
/** What dates are called beside what happened. */
const PLAIN = new Set(['date', 'time', 'at', 'on', 'datetime', 'timestamp', 'day', 'dt', 'ts', 'moment', 'utc', 'gmt']);

/**
 * Dates that follow each other, such as `created_at` and `updated_at`, become stages of one course of events: the later one
 * is never earlier. What else the names say has to be the same (`contract_start`, `contract_end`).
 */
export const orderDates: TablePass = (fields, context) => {
  const open = new Set(fields.filter(({ guess }) => STAGED.has(guess.type) && guess.options['format'] === undefined));
  for (const course of courses as readonly Course[]) {
    if (course.near !== undefined && !course.near.some((word) => context.near.has(word))) continue;
    for (const [owner, members] of membersOf(course, open)) {
      if (new Set(members.values()).size < 2) continue;
      const group = owner === '' ? course.course : `${owner} ${course.course}`;
      for (const [field, stage] of members) {
        withOptions(field, { ...boundsOf(field), stage, group }, `stage ${stage} of the course "${group}"`);
        open.delete(field);
      }
    }
  }
};

/** Fields of a course by what else their names say and whether they are moments or times of day, each with its stage. */
function membersOf(course: Course, open: ReadonlySet<DraftField>): Map<string, Map<DraftField, number>> {
  const groups = new Map<string, Map<DraftField, number>>();
  for (const field of open) {
    const words = field.reading.spoken.filter((word) => !PLAIN.has(word));
    const found = stageOf(course, words);
    if (found === undefined) continue;
    const rest = words.filter((word) => !found.words.includes(word));
    const owner = [...rest, ...(field.guess.type === 'time' ? ['hours'] : [])].join(' ').slice(0, 40);
    const members = groups.get(owner) ?? new Map<DraftField, number>();
    members.set(field, found.stage);
    groups.set(owner, members);
  }
  return groups;
}

function stageOf(
  { stages }: Course,
  words: readonly string[],
): { stage: number; words: readonly string[] } | undefined {
  const pairs = words.map((word, i) => `${word} ${words[i + 1] ?? ''}`);
  for (const [index, names] of stages.entries()) {
    const name = names.find((each) => (each.includes(' ') ? pairs.includes(each) : words.includes(each)));
    if (name !== undefined) return { stage: index + 1, words: name.split(' ') };
  }
  return undefined;
}

/** The same bounds for days and moments: only then do their stages keep the order. */
const boundsOf = ({ guess: { type } }: DraftField): Readonly<Record<string, unknown>> => {
  if (type === 'time') return {};
  const [min, max] = ['2021-01-01', '2025-12-31'];
  return type === 'date' ? { min, max } : { min: `${min}T00:00:00Z`, max: `${max}T23:59:59Z`, precision: 'seconds' };
};
