import { pick } from '../../plan/program.ts';
import { defineType, type FieldType, type OptionSpec } from '../field-type.ts';

const abbr: OptionSpec = {
  kind: 'boolean',
  summary: 'The short form (Jan, Mon).',
  default: false,
  aliases: ['abbreviated', 'short'],
};

/** Names of the calendar in the language of the locale. */
export const calendarNameTypes: readonly FieldType[] = [
  defineType({
    key: 'month',
    label: 'Month',
    family: 'date and time',
    summary: 'Name of a month, in the language of the locale.',
    aliases: ['month_name'],
    options: { abbr },
    example: 'January',
    localised: true,
    build: (options, { lists, choose }) => {
      const { months, monthsShort } = lists.data.calendar;
      return { kind: 'string', body: [pick(options['abbr'] === true ? monthsShort : months, choose(12))] };
    },
  }),
  defineType({
    key: 'weekday',
    label: 'Weekday',
    family: 'date and time',
    summary: 'Name of a day of the week, in the language of the locale.',
    aliases: ['day_of_week', 'weekday_name'],
    options: { abbr },
    example: 'Monday',
    localised: true,
    build: (options, { lists, choose }) => {
      const { weekdays, weekdaysShort } = lists.data.calendar;
      return { kind: 'string', body: [pick(options['abbr'] === true ? weekdaysShort : weekdays, choose(7))] };
    },
  }),
];
