// The offsets of time zones from UTC.

/**
 * The time zone of a city, by the name that its country uses. Where the tz database lets a neighbour's zone stand for a
 * part of a country (Bangkok for the north of Vietnam), it is the zone of the country's biggest city.
 * @param {import('./gazetteer.mjs').City} city
 * @param {import('./gazetteer.mjs').Gazetteer} gazetteer
 */
export function zoneOf(city, gazetteer) {
  const zones = new Set((new Intl.Locale(`und-${city.country}`).getTimeZones() ?? []).map(canonical));
  if (zones.has(canonical(city.timeZone))) return city.timeZone;
  const home = gazetteer.ofCountry(city.country).find(({ timeZone }) => zones.has(canonical(timeZone)));
  return (home ?? city).timeZone;
}

const canonical = (timeZone) => new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;

/** Noon in January and July of a year whose rules are known. */
const MOMENTS = [Date.UTC(2025, 0, 15, 12), Date.UTC(2025, 6, 15, 12)];

/** @returns {[string, string][]} each zone once with its offset outside summer time, as "+01:00" */
export function zoneRows(zones) {
  return [...new Set(zones)].sort().map((zone) => [zone, standardOffset(zone)]);
}

function standardOffset(timeZone) {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  const offsets = MOMENTS.map((moment) => {
    const name = format.formatToParts(moment).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    return name === 'GMT' ? '+00:00' : name.replace('GMT', '');
  });
  // Summer time is the later of the two: it has the offset further east.
  return offsets.toSorted((a, b) => minutes(a) - minutes(b))[0];
}

function minutes(offset) {
  const [hours = 0, rest = 0] = offset.slice(1).split(':').map(Number);
  return (hours * 60 + rest) * (offset.startsWith('-') ? -1 : 1);
}
