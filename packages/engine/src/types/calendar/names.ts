/** Names of months and weekdays in English; ISO 8601 weeks begin on Monday. */
export const MONTHS: readonly string[] = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
export const WEEKDAYS: readonly string[] = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
];
export const abbreviated = (names: readonly string[]): readonly string[] => names.map((name) => name.slice(0, 3));
