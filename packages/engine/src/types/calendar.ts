import { pick } from '../plan/program.ts';
import { defineType, type FieldType, type OptionSpec } from './field-type.ts';

const abbreviated: OptionSpec = {
  kind: 'boolean',
  summary: 'The short form (Jan, Mon).',
  default: false,
  aliases: ['abbr'],
};

/** Names of the calendar in the language of the locale. */
export const calendarTypes: readonly FieldType[] = [
  defineType({
    key: 'month_name',
    label: 'Month',
    family: 'date and time',
    summary: 'Name of a month, in the language of the locale.',
    aliases: ['month'],
    options: { abbreviated },
    example: 'January',
    localised: true,
    build: (options, { lists, choose }) => {
      const { months, monthsShort } = lists.data.calendar;
      return { kind: 'string', body: [pick(options['abbreviated'] === true ? monthsShort : months, choose(12))] };
    },
  }),
  defineType({
    key: 'weekday_name',
    label: 'Weekday',
    family: 'date and time',
    summary: 'Name of a day of the week, in the language of the locale.',
    aliases: ['weekday'],
    options: { abbreviated },
    example: 'Monday',
    localised: true,
    build: (options, { lists, choose }) => {
      const { weekdays, weekdaysShort } = lists.data.calendar;
      return { kind: 'string', body: [pick(options['abbreviated'] === true ? weekdaysShort : weekdays, choose(7))] };
    },
  }),
];
