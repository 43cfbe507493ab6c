import courseData from '../data/courses.json' with { type: 'json' };
import { type DraftField, type TablePass, withOptions } from './draft-field.ts';

interface Course {
  readonly course: string;
  readonly near: readonly string[] | undefined;
  /** What each stage is called, in the order in which names are tried; the first stage is 1. */
  readonly names: ReadonlyMap<string, { readonly stage: number; readonly order: number }>;
}

let known: readonly Course[] | undefined;

/** The courses of events, read on first use. */
function allCourses(): readonly Course[] {
  known ??= (courseData as readonly { course: string; near?: string[]; stages: string[][] }[]).map(
    ({ course, near, stages }) => {
      const names = new Map<string, { stage: number; order: number }>();
      for (const [index, called] of stages.entries())
        for (const name of called) if (!names.has(name)) names.set(name, { stage: index + 1, order: names.size });
      return { course, near, names };
    },
  );
  return known;
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
  const open = new Map<DraftField, Said>();
  for (const field of fields)
    if (STAGED.has(field.guess.type) && field.guess.options['format'] === undefined) open.set(field, saidBy(field));
  for (const course of allCourses()) {
    if (open.size < 2) return;
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

/** What a name says besides being a date: its words, and two of them together. */
interface Said {
  readonly words: readonly string[];
  readonly pairs: readonly string[];
}

function saidBy({ reading }: DraftField): Said {
  const words = reading.spoken.filter((word) => !PLAIN.has(word));
  return { words, pairs: words.slice(1).map((word, i) => `${words[i]} ${word}`) };
}

/** Fields of a course by what else their names say and whether they are moments or times of day, each with its stage. */
function membersOf(course: Course, open: ReadonlyMap<DraftField, Said>): Map<string, Map<DraftField, number>> {
  const groups = new Map<string, Map<DraftField, number>>();
  for (const [field, said] of open) {
    const found = stageOf(course, said);
    if (found === undefined) continue;
    const rest = said.words.filter((word) => !found.words.includes(word));
    const owner = [...rest, ...(field.guess.type === 'time' ? ['hours'] : [])].join(' ').slice(0, 40);
    const members = groups.get(owner) ?? new Map<DraftField, number>();
    members.set(field, found.stage);
    groups.set(owner, members);
  }
  return groups;
}

/** The first name of a stage that is said. */
function stageOf({ names }: Course, { words, pairs }: Said): { stage: number; words: readonly string[] } | undefined {
  let best: { stage: number; order: number; name: string } | undefined;
  for (const said of [words, pairs])
    for (const name of said) {
      const found = names.get(name);
      if (found !== undefined && found.order < (best?.order ?? Infinity)) best = { ...found, name };
    }
  return best && { stage: best.stage, words: best.name.split(' ') };
}

/** The same bounds for days and moments: only then do their stages keep the order. */
const boundsOf = ({ guess: { type } }: DraftField): Readonly<Record<string, unknown>> => {
  if (type === 'time') return {};
  const [min, max] = ['2021-01-01', '2025-12-31'];
  return type === 'date' ? { min, max } : { min: `${min}T00:00:00Z`, max: `${max}T23:59:59Z`, precision: 'seconds' };
};
