// Writes sources/cldr.json from the CLDR data in Node's ICU:
//
//   node scripts/locales/snapshot-cldr.mjs
//
// The snapshot is committed, so that the locale data do not depend on the ICU of whoever builds them. To be run when a
// locale is added: it keeps what is there; `--all` takes everything anew.
import { readFileSync, writeFileSync } from 'node:fs';
import { locales } from './locales.mjs';
import { toJson } from './to-json.mjs';

const FILE = new URL('./sources/cldr.json', import.meta.url);

/** Stand-alone names: of months from January, of weekdays from Monday (2024-01-01 was one). */
function calendarOf(tag) {
  const names = (options, dates) => {
    const format = new Intl.DateTimeFormat(tag, {
      ...options,
      timeZone: 'UTC',
      calendar: 'gregory',
      numberingSystem: 'latn',
    });
    return dates.map((date) => format.format(date).normalize('NFC'));
  };
  // Greek months on their own are in the genitive here; with a year they stand alone.
  const monthNames = (month, dates) => {
    if (!tag.startsWith('el')) return names({ month }, dates);
    const format = new Intl.DateTimeFormat(tag, { month, year: 'numeric', timeZone: 'UTC' });
    const isMonth = ({ type }) => type === 'month';
    return dates.map((date) => format.formatToParts(date).find(isMonth).value.normalize('NFC'));
  };
  const months = Array.from({ length: 12 }, (_, i) => new Date(Date.UTC(2024, i, 15)));
  const days = Array.from({ length: 7 }, (_, i) => new Date(Date.UTC(2024, 0, 1 + i)));
  return {
    months: monthNames('long', months),
    monthsShort: monthNames('short', months),
    weekdays: names({ weekday: 'long' }, days),
    weekdaysShort: names({ weekday: 'short' }, days),
  };
}

const tagOf = ({ code }) => (code === 'sr_RS' ? 'sr-Cyrl-RS' : code.replace('_', '-'));

const entries = locales.map((locale) => {
  const tag = tagOf(locale);
  const { country } = locale;
  const countryName = country === null ? '' : new Intl.DisplayNames([tag], { type: 'region' }).of(country);
  return [locale.code, { countryName: countryName.normalize('NFC'), calendar: calendarOf(tag) }];
});
const known = existing();
const kept = Object.fromEntries(entries.map(([code, fresh]) => [code, known[code] ?? fresh]));
writeFileSync(FILE, `${toJson(kept)}\n`);

function existing() {
  if (process.argv.includes('--all')) return {};
  try {
    return JSON.parse(readFileSync(FILE, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return {};
    throw error;
  }
}
