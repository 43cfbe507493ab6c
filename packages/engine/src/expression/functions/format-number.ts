import { roundDecimal } from './round-decimal.ts';

/** What stands before the decimals, and between groups of digits. */
interface Marks {
  readonly point: string;
  readonly group: string;
  /** Digits of the groups beyond the last one, where they are not three. */
  readonly far?: number;
  /** Digits that a leading group must have for groups to be told apart at all. */
  readonly least?: number;
}

const NO_BREAK = '\u00a0';
const NARROW = '\u202f';
const COMMA = { point: ',', group: '.' };
const BLANK = { point: ',', group: NO_BREAK };

const APOSTROPHE = { point: '.', group: "'" };
const of = (languages: string, marks: Marks): Record<string, Marks> =>
  Object.fromEntries(languages.split(' ').map((language) => [language, marks]));

/** Marks of languages, and of countries where they differ (Unicode CLDR 48, Latin digits). Others: 1,234.5. */
const MARKS: Readonly<Record<string, Marks>> = {
  ...of('ar_MA az da de el es_AR es_CL es_CO hr id nl pt ro sr tr vi', COMMA),
  ...of('es it sl', { ...COMMA, least: 2 }),
  ...of('cs de_AT en_ZA fi fr_CA lt nb ru sk sv uk', BLANK),
  ...of('bg et hu hy ka lv pl pt_PT', { ...BLANK, least: 2 }),
  ...of('en_IN hi', { point: '.', group: ',', far: 2 }),
  ...of('es_MX es_PE', { point: '.', group: ',' }),
  fr: { point: ',', group: NARROW },
  de_CH: APOSTROPHE,
  fr_CH: { point: ',', group: "'" },
  it_CH: { ...APOSTROPHE, least: 2 },
};
const PLAIN: Marks = { point: '.', group: ',' };

/** A number with so many decimals and the marks of a locale such as `de_DE`; a locale that is not known has those of English. */
export function formatNumber(number: number, places: number, locale: string): string {
  const [language = ''] = locale.split(/[_-]/);
  const { point, group, far = 3, least = 1 } = MARKS[locale.replace('-', '_')] ?? MARKS[language] ?? PLAIN;
  const decimals = Math.min(20, Math.max(0, places));
  const rounded = roundDecimal(number, decimals);
  const [whole = '0', fraction] = Math.abs(rounded).toFixed(decimals).split('.');
  const sign = rounded < 0 ? '-' : '';
  const grouped = whole.length < 3 + least ? whole : groups(whole, far).join(group);
  return `${sign}${grouped}${fraction === undefined ? '' : point + fraction}`;
}

/** The last three digits, and what is before them in groups of `far`. */
function groups(digits: string, far: number): string[] {
  const parts = [digits.slice(-3)];
  for (let end = digits.length - 3; end > 0; end -= far) parts.unshift(digits.slice(Math.max(0, end - far), end));
  return parts;
}
