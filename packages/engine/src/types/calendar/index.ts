import {
  add,
  bind,
  digits,
  div,
  get,
  type Int,
  mod,
  mul,
  type Piece,
  pick,
  row,
  sub,
  text,
} from '../../plan/program.ts';
import { type BuildContext, defineType, type FieldType, type OptionSpec } from '../field-type.ts';
import { listType } from '../list-type.ts';
import { calendarNameTypes } from './calendar-names.ts';
import { isoWeek } from './iso-week.ts';
import { temporalTypes, toDays } from './temporal.ts';

const FAMILY = 'date and time';
const DAY = 86_400_000;
const FIRST_YEAR = 2015;
const YEARS = 16;

const years: Readonly<Record<string, OptionSpec>> = {
  min: { kind: 'integer', min: 1, max: 9999, summary: 'First year.', default: FIRST_YEAR },
  max: { kind: 'integer', min: 1, max: 9999, summary: 'Last year.', default: FIRST_YEAR + YEARS - 1 },
};
const checkYears: FieldType['check'] = ({ min, max }) =>
  (min as number) > (max as number) ? [{ option: 'min', message: '`min` lies after `max`', hint: 'swap them' }] : [];
const yearOf = (options: Readonly<Record<string, unknown>>, { choose }: BuildContext): Int =>
  add(choose((options['max'] as number) - (options['min'] as number) + 1), options['min'] as number);

/** A day and the following ones of the row's employment. */
const START_DAY = Date.UTC(2005, 0, 1) / DAY;
const startDay = ({ shared }: BuildContext): Int => add(shared('employment', 0, 7300), START_DAY);

/** CRON fields that people write: minute and hour, then days. */
const CRON_DAYS = ['* * *', '* * 1-5', '* * 1', '* * 0', '1 * *', '15 * *', '1 1 *', '1 */3 *'];

/** Dates, times and what is made of them. */
export const calendarTypes: readonly FieldType[] = [
  ...temporalTypes,
  ...calendarNameTypes,
  defineType({
    key: 'year',
    label: 'Year',
    family: FAMILY,
    summary: 'A year.',
    options: years,
    example: 2024,
    check: checkYears,
    build: (options, context) => ({ kind: 'integer', body: [{ p: 'integer', value: yearOf(options, context) }] }),
  }),
  defineType({
    key: 'quarter',
    label: 'Quarter',
    family: FAMILY,
    summary: 'A quarter of a year: 2025-Q3.',
    aliases: ['fiscal_quarter'],
    options: years,
    example: '2025-Q3',
    check: checkYears,
    build: (options, context) => ({
      kind: 'string',
      body: [
        bind('year', yearOf(options, context)),
        digits(get('year'), 4),
        text('-Q'),
        { p: 'integer', value: add(context.choose(4), 1) },
      ],
    }),
  }),
  defineType({
    key: 'year_month',
    label: 'Year and month',
    family: FAMILY,
    summary: 'A month of a year: 2025-07.',
    aliases: ['period', 'billing_period'],
    options: years,
    example: '2025-07',
    check: checkYears,
    build: (options, context) => ({
      kind: 'string',
      body: [
        bind('year', yearOf(options, context)),
        digits(get('year'), 4),
        text('-'),
        digits(add(context.choose(12), 1), 2),
      ],
    }),
  }),
  defineType({
    key: 'iso_week',
    label: 'ISO week',
    family: FAMILY,
    summary: 'A week of ISO 8601: 2025-W07.',
    aliases: ['week', 'calendar_week'],
    options: {},
    example: '2025-W07',
    build: (_, { choose }) => {
      const start = Date.UTC(FIRST_YEAR, 0, 5);
      const weeks = Array.from({ length: YEARS * 52 }, (_, i) => isoWeek(start + i * 7 * DAY));
      return { kind: 'string', body: [pick(weeks, choose(weeks.length))] };
    },
  }),
  defineType({
    key: 'business_day',
    label: 'Business day',
    family: FAMILY,
    summary: 'A day from Monday to Friday, YYYY-MM-DD. Public holidays are not known.',
    aliases: ['working_day', 'weekday_date'],
    options: {
      min: { kind: 'date', summary: 'Earliest day.', default: '2015-01-01' },
      max: { kind: 'date', summary: 'Latest day.', default: '2030-12-31' },
    },
    example: '2025-07-14',
    check: ({ min, max }) => {
      const clock = { today: Math.floor(Date.now() / DAY) };
      return businessDays(toDays(min, clock), toDays(max, clock)).count > 0
        ? []
        : [{ option: 'min', message: 'no business day lies between `min` and `max`', hint: 'widen the range' }];
    },
    build: ({ min, max }, context) => {
      const { monday, skipped, count } = businessDays(toDays(min, context.clock), toDays(max, context.clock));

      return {
        kind: 'date',
        body: [
          bind('working', add(context.choose(Math.max(1, count)), skipped)),
          { p: 'date', days: add(add(mul(div(get('working'), 5), 7), mod(get('working'), 5)), monday) },
        ],
      };
    },
  }),
  defineType({
    key: 'unix_timestamp',
    label: 'Unix timestamp',
    family: FAMILY,
    summary: 'Seconds, or milliseconds, since 1970.',
    aliases: ['epoch', 'unix_time'],
    options: {
      unit: { kind: 'one of', values: ['seconds', 'milliseconds'], summary: 'What is counted.', default: 'seconds' },
    },
    example: 1752499530,
    build: ({ unit }, { choose }) => {
      const factor = unit === 'milliseconds' ? 1000 : 1;
      const from = Date.UTC(FIRST_YEAR, 0, 1) / 1000;
      return {
        kind: 'integer',
        body: [{ p: 'integer', value: add(choose(YEARS * 365 * 86_400 * factor), from * factor) }],
      };
    },
  }),
  defineType({
    key: 'duration',
    label: 'Duration',
    family: FAMILY,
    summary: 'A span of time: ISO 8601 (PT2H45M), a clock (02:45:00) or seconds.',
    options: {
      format: { kind: 'one of', values: ['iso', 'clock', 'seconds'], summary: 'How it is written.', default: 'iso' },
      max_hours: { kind: 'integer', min: 1, max: 99, summary: 'Whole hours it stays below.', default: 24 },
    },
    example: 'PT2H45M30S',
    build: ({ format, max_hours }, { choose }) => {
      const [hours, minutes, seconds] = [choose(max_hours as number), choose(60), choose(60)];
      const number = (value: Int): Piece => ({ p: 'integer', value });
      if (format === 'seconds')
        return { kind: 'integer', body: [number(add(add(mul(hours, 3600), mul(minutes, 60)), seconds))] };
      return format === 'clock'
        ? { kind: 'string', body: [digits(hours, 2), text(':'), digits(minutes, 2), text(':'), digits(seconds, 2)] }
        : {
            kind: 'string',
            body: [text('PT'), number(hours), text('H'), number(minutes), text('M'), number(seconds), text('S')],
          };
    },
  }),
  defineType({
    key: 'cron',
    label: 'Cron expression',
    family: FAMILY,
    summary: 'Five fields of cron: a minute, an hour and days that people use.',
    aliases: ['cron_expression', 'schedule'],
    options: {},
    example: '30 6 * * 1-5',
    build: (_, { choose }) => ({
      kind: 'string',
      body: [
        { p: 'integer', value: choose(60) },
        text(' '),
        { p: 'integer', value: choose(24) },
        text(' '),
        pick(CRON_DAYS, choose(CRON_DAYS.length)),
      ],
    }),
  }),
  defineType({
    key: 'employment_start',
    label: 'Start of employment',
    family: FAMILY,
    summary: "First day of the row's employment.",
    aliases: ['hire_date', 'start_date', 'employment_start_date', 'valid_from'],
    options: {},
    example: '2016-04-01',
    build: (_, context) => ({ kind: 'date', body: [{ p: 'date', days: startDay(context) }] }),
  }),
  defineType({
    key: 'employment_end',
    label: 'End of employment',
    family: FAMILY,
    summary: "Last day of the row's employment, one month to fifteen years after its first.",
    aliases: ['termination_date', 'end_date', 'employment_end_date', 'valid_to'],
    options: {},
    example: '2021-09-30',
    build: (_, context) => ({
      kind: 'date',
      body: [{ p: 'date', days: add(startDay(context), add(context.draw(5450), 30)) }],
    }),
    notUnique: 'it follows the start of the employment',
  }),
  defineType({
    key: 'regular_time',
    label: 'Regular time series',
    family: FAMILY,
    summary: 'A moment for each row, a fixed step after that of the row before: the axis of a time series.',
    aliases: ['time_axis', 'tick'],
    seedless: true,
    options: {
      start: { kind: 'datetime', summary: 'Moment of the first row.', default: '2025-01-01T00:00:00Z' },
      step_seconds: { kind: 'integer', min: 1, max: 31_536_000, summary: 'Seconds from row to row.', default: 60 },
    },
    example: '2025-01-01T00:01:00Z',
    build: ({ start, step_seconds }, context) => {
      const first = Math.floor((start === 'now' ? context.clock.now : Date.parse(String(start))) / 1000);
      const days = Math.max(0, -Math.floor(first / 86_400));
      // Years end at 9999: rows beyond begin again.
      const span = 253_402_300_799 - first;
      const moment = add(mod(mul(row, step_seconds as number), span), first + days * 86_400);
      return {
        kind: 'datetime',
        body: [
          bind('moment', moment),
          bind('second', mod(get('moment'), 86_400)),
          { p: 'date', days: sub(div(get('moment'), 86_400), days) },
          text('T'),
          digits(div(get('second'), 3600), 2),
          text(':'),
          digits(mod(div(get('second'), 60), 60), 2),
          text(':'),
          digits(mod(get('second'), 60), 2),
          text('Z'),
        ],
      };
    },
  }),
  listType({
    key: 'season',
    label: 'Season',
    family: FAMILY,
    summary: 'A season of the year.',
    values: ['Spring', 'Summer', 'Autumn', 'Winter'],
  }),
  listType({
    key: 'frequency',
    label: 'Frequency',
    family: FAMILY,
    summary: 'How often something happens.',
    aliases: ['recurrence', 'interval'],
    values: ['Never', 'Once', 'Seldom', 'Daily', 'Weekly', 'Fortnightly', 'Monthly', 'Quarterly', 'Yearly'],
    example: 'Weekly',
  }),
];

/** The business days of a range: the Monday of its first week (a day number), those of that week before it, and how many. */
function businessDays(first: number, last: number): { monday: number; skipped: number; count: number } {
  // 1970-01-01 was a Thursday, weekday 3 from Monday.
  const weekday = (day: number): number => (((day + 3) % 7) + 7) % 7;
  const monday = first - weekday(first);
  const upTo = (day: number): number => Math.floor((day - monday) / 7) * 5 + Math.min(5, weekday(day));
  return { monday, skipped: upTo(first), count: upTo(last + 1) - upTo(first) };
}
