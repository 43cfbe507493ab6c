import { add, bind, digits, div, get, type Int, mod, mul, type Piece, text } from '../../plan/program.ts';
import { gaussian, type Quantile, recency } from '../../random/distributions.ts';
import { quantileTable } from '../../random/quantile-table.ts';
import {
  type BuildContext,
  defineType,
  type FieldType,
  type Moment,
  type OptionProblem,
  type OptionSpec,
  type Options,
} from '../field-type.ts';
import { formattedDate, isDateFormat, MOST_FORMATTED_DAYS } from './date-format.ts';
import { checkStage, staged, stageOption } from './stages.ts';

const DAY = 86_400_000;
const SECONDS = 86_400;

const distributionOptions: Readonly<Record<string, OptionSpec>> = {
  distribution: {
    kind: 'one of',
    values: ['uniform', 'gaussian', 'recent_bias'],
    summary: '`halflife_days` alone means recent_bias; `mean` or `stddev_days` alone mean gaussian.',
  },
  halflife_days: {
    kind: 'number',
    min: 0.001,
    max: 1e6,
    summary: 'Half of the values lie at most this many days before `max`.',
  },
  mean: { kind: 'datetime', summary: 'Centre of the gaussian distribution.' },
  stddev_days: { kind: 'number', min: 0.001, max: 1e6, summary: 'Standard deviation in days.', aliases: ['stddev'] },
};

function distributionOf(options: Options): string {
  if (typeof options['distribution'] === 'string') return options['distribution'];
  if (options['halflife_days'] !== undefined) return 'recent_bias';
  return options['mean'] !== undefined || options['stddev_days'] !== undefined ? 'gaussian' : 'uniform';
}

/** Milliseconds since the epoch of a bound; `now` is whatever the plan was made at, and read only where it is meant. */
export const toMillis = (bound: unknown, clock: Pick<Moment, 'now'>): number =>
  bound === 'now' ? clock.now : Date.parse(String(bound));
/** The same in days, rounded down. */
export const toDays = (bound: unknown, clock: Pick<Moment, 'today'>): number =>
  bound === 'now' ? clock.today : Math.floor(Date.parse(String(bound)) / DAY);

function check(options: Options): OptionProblem[] {
  const problems: OptionProblem[] = [];
  const clock = { now: Date.now() };
  const [min, max] = [toMillis(options['min'], clock), toMillis(options['max'], clock)];
  if (min > max) problems.push({ option: 'min', message: '`min` lies after `max`', hint: 'swap them' });
  const chosen = distributionOf(options);
  const wrong = {
    uniform: ['halflife_days', 'mean', 'stddev_days'],
    gaussian: ['halflife_days'],
    recent_bias: ['mean', 'stddev_days'],
  }[chosen]?.filter((name) => options[name] !== undefined);
  for (const option of wrong ?? [])
    problems.push({ option, message: `\`${option}\` has no meaning for the ${chosen} distribution` });
  if (options['unique'] === true && chosen !== 'uniform') {
    problems.push({
      option: 'distribution',
      message: `a unique field takes every value once, so its distribution cannot be ${chosen}`,
    });
  }
  return problems;
}

/** An integer in [0, span], in units of `unit` milliseconds after `min`. */
function offset(options: Options, min: number, span: number, unit: number, context: BuildContext): Int {
  if (span === 0) return { op: 'const', value: 0 };
  const chosen = distributionOf(options);
  if (chosen === 'uniform') return context.choose(span + 1);
  const days = (name: string, otherwise: number): number =>
    ((typeof options[name] === 'number' ? (options[name] as number) : otherwise) * DAY) / unit;
  const quantile = chosen === 'gaussian' ? bell() : recent(recency(days('halflife_days', 30), span));
  return { op: 'quantile', table: quantileTable(quantile, 0, span) };

  function bell(): Quantile {
    const centre = options['mean'] === undefined ? span / 2 : (toMillis(options['mean'], context.clock) - min) / unit;
    return gaussian(centre, days('stddev_days', (span * unit) / DAY / 6));
  }
  // Ages count back from the end of the range.
  function recent(age: Quantile): Quantile {
    return (p) => span - age(1 - p);
  }
}

const formatOption: OptionSpec = {
  kind: 'string',
  minLength: 1,
  maxLength: 60,
  summary:
    'How it is written, such as DD.MM.YYYY or MMM D, YYYY: YYYY YY MMMM MMM MM M DD D dddd ddd, of moments also HH H mm ss SSS; letters in [brackets] stand for themselves.',
};

function checkFormat({ format, min, max }: Options, withTime: boolean): OptionProblem[] {
  if (typeof format !== 'string') return [];
  if (!isDateFormat(format, withTime)) {
    return [
      {
        option: 'format',
        message: `${JSON.stringify(format)} has letters that are no token`,
        hint: 'for instance DD.MM.YYYY; put other letters in [brackets]',
      },
    ];
  }
  const clock = { now: Date.now() };
  if ((toMillis(max, clock) - toMillis(min, clock)) / DAY < MOST_FORMATTED_DAYS) return [];
  return [
    {
      option: 'format',
      message: `a range of more than ${MOST_FORMATTED_DAYS} days has no format of its own`,
      hint: 'narrow `min` and `max`, or leave `format` out',
    },
  ];
}

/** The options with bounds that keep to the past, or to the future. */
export function within(options: Options, clock: Pick<Moment, 'now'>): Options {
  if (options['past'] === undefined) return options;
  const { now } = clock;
  const [min, max] = [toMillis(options['min'], clock), toMillis(options['max'], clock)];
  const [low, high] =
    options['past'] === true ? [Math.min(min, now), Math.min(max, now)] : [Math.max(min, now), Math.max(max, now)];
  return { ...options, min: new Date(low).toISOString(), max: new Date(high).toISOString() };
}

const bounds = (kind: 'date' | 'datetime', min: string, max: string): Record<string, OptionSpec> => ({
  min: { kind, summary: 'Earliest value, or "now".', default: min },
  max: { kind, summary: 'Latest value, or "now".', default: max },
});

const clock = (seconds: Int): Piece[] => [
  bind('seconds', seconds),
  digits(div(get('seconds'), 3600), 2),
  text(':'),
  digits(mod(div(get('seconds'), 60), 60), 2),
  text(':'),
  digits(mod(get('seconds'), 60), 2),
];

const TIME = /^([01]\d|2[0-3]):([0-5]\d):([0-5]\d)$/;
export const toSeconds = (time: unknown): number => {
  const [, h, m, s] = TIME.exec(String(time)) ?? [];
  return Number(h) * 3600 + Number(m) * 60 + Number(s);
};

/** Dates and times, in ISO 8601 and UTC. */
export const temporalTypes: readonly FieldType[] = [
  defineType({
    key: 'date',
    label: 'Date',
    family: 'date and time',
    summary: 'A day, YYYY-MM-DD.',
    options: {
      ...bounds('date', '2000-01-01', '2029-12-31'),
      format: formatOption,
      stage: stageOption,
      ...distributionOptions,
    },
    example: '2024-02-29',
    check: (options) => [...check(options), ...checkFormat(options, false), ...checkStage(options)],
    build: (options, context) => {
      const [first, last] = [toDays(options['min'], context.clock), toDays(options['max'], context.clock)];
      const after =
        typeof options['stage'] === 'number'
          ? div(staged(options['stage'], (last - first) * SECONDS, context), SECONDS)
          : offset(options, first * DAY, last - first, DAY, context);
      return typeof options['format'] === 'string'
        ? { kind: 'string', body: formattedDate(options['format'], after, first, last - first + 1) }
        : { kind: 'date', body: [{ p: 'date', days: add(after, first) }] };
    },
  }),
  defineType({
    key: 'datetime',
    label: 'Date and time',
    family: 'date and time',
    summary: 'A moment, YYYY-MM-DDThh:mm:ss.sssZ.',
    aliases: ['dateTime', 'timestamp'],
    options: {
      ...bounds('datetime', '2000-01-01T00:00:00Z', '2029-12-31T23:59:59Z'),
      precision: {
        kind: 'one of',
        values: ['seconds', 'milliseconds'],
        summary: 'Finest unit.',
        default: 'milliseconds',
      },
      format: formatOption,
      stage: stageOption,
      past: { kind: 'boolean', summary: 'true: nothing later than now; false: nothing earlier.' },
      ...distributionOptions,
    },
    example: '2024-02-29T13:45:30.250Z',
    check: (options) => [...check(options), ...checkFormat(options, true), ...checkStage(options)],
    build: (given, context) => {
      const options = within(given, context.clock);
      const unit = options['precision'] === 'seconds' ? 1000 : 1;
      const perDay = DAY / unit;
      const first = Math.ceil(toMillis(options['min'], context.clock) / unit);
      const last = Math.floor(toMillis(options['max'], context.clock) / unit);
      const span = Math.max(0, last - first);
      const perSecond = 1000 / unit;
      // Whole days, so that days and moments of one course are told by the same draws.
      const seconds = Math.floor(span / perDay) * SECONDS;
      const after =
        typeof options['stage'] === 'number'
          ? mul(staged(options['stage'], seconds, context), perSecond)
          : offset(options, first * unit, span, unit, context);
      const moment = add(after, first);
      // The epoch is moved back by whole days, so that division and remainder see no negative numbers.
      const shift = Math.max(0, -Math.floor(first / perDay)) * perDay;
      if (typeof options['format'] === 'string') {
        const firstDay = Math.floor(first / perDay);
        const days = Math.floor(last / perDay) - firstDay + 1;
        return {
          kind: 'string',
          body: [
            bind('moment', add(moment, -firstDay * perDay)),
            ...formattedDate(
              options['format'],
              div(get('moment'), perDay),
              firstDay,
              days,
              mul(mod(get('moment'), perDay), unit),
            ),
          ],
        };
      }
      const fraction = unit === 1 ? [text('.'), digits(mod(get('time'), 1000), 3)] : [];
      const body: Piece[] = [
        bind('moment', add(moment, shift)),
        bind('day', div(get('moment'), perDay)),
        bind('time', mod(get('moment'), perDay)),
        { p: 'date', days: add(get('day'), -shift / perDay) },
        text('T'),
        ...clock(unit === 1 ? div(get('time'), 1000) : get('time')),
        ...fraction,
        text('Z'),
      ];
      return { kind: 'datetime', body };
    },
  }),
  defineType({
    key: 'time',
    label: 'Time of day',
    family: 'date and time',
    summary: 'hh:mm:ss.',
    options: {
      min: { kind: 'time', summary: 'Earliest value.', default: '00:00:00' },
      max: { kind: 'time', summary: 'Latest value.', default: '23:59:59' },
      stage: stageOption,
    },
    example: '13:45:30',
    check: (options) => [
      ...(toSeconds(options['min']) > toSeconds(options['max'])
        ? [{ option: 'min', message: '`min` lies after `max`', hint: 'swap them' }]
        : []),
      ...checkStage(options),
    ],
    build: ({ min, max, stage }, context) => {
      const first = toSeconds(min);
      const span = toSeconds(max) - first;
      const after = typeof stage === 'number' ? staged(stage, span, context) : context.choose(span + 1);
      return { kind: 'time', body: clock(add(after, first)) };
    },
  }),
];
