import { type CountryCode, getCountryCallingCode } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { type Place, placesOf } from '../places.ts';
import { geographyOf, hasGeography, languageNameOf } from './geography.ts';
import { isInCountry } from './testing/is-in-country.ts';

const all = placesOf({ country: null });
const known = all.filter(hasGeography);
const name = ({ country, regionCode, city }: Place): string => `${country} ${regionCode} ${city}`;
const MICRO = 1e6;

/** The zone's name in the version of the tz database that the runtime has. */
const canonical = (timeZone: string): string => new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;

/** The zones of a country by CLDR; `getTimeZones` is not in the types yet. */
function zonesOf(country: string): ReadonlySet<string> {
  const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & { getTimeZones(): string[] };
  return new Set(locale.getTimeZones().map(canonical));
}

describe('the geography of places', () => {
  it('is there for every place (else: node scripts/locales/geography.mjs)', () => {
    expect([...new Set(all.filter((place) => !hasGeography(place)).map(name))]).toEqual([]);
  });

  it('puts the centre of each city in its country', () => {
    const abroad = known.filter((place) => {
      const { latitude, longitude } = geographyOf(place);
      return !isInCountry(place.country, latitude, longitude);
    });
    expect(abroad.map(name)).toEqual([]);
  });

  it('puts the corners of each square within 5 km of the centre', () => {
    const far = known.filter((place) => {
      const { latitude, longitude, square } = geographyOf(place);
      const east = Math.cos((latitude * Math.PI) / 180);
      const edges = [0, 1].map((side) => [
        (square.south + side * square.height) / MICRO - 90 - latitude,
        ((square.west + side * square.width) / MICRO - 180 - longitude) * east,
      ]) as [[number, number], [number, number]];
      const corners = edges.flatMap(([north]) => edges.map(([, wide]) => Math.hypot(north, wide) * 111.195));
      return Math.max(...corners) > 5.01;
    });
    expect(far.map(name)).toEqual([]);
  });

  it('has a square of some size everywhere', () => {
    const small = known.filter((place) => {
      const { height, width } = geographyOf(place).square;
      return height < 4000 || width < height - 1;
    });
    expect(small.map(name)).toEqual([]);
  });

  it('gives each place a time zone of its country', () => {
    const zones = new Map([...new Set(known.map(({ country }) => country))].map((code) => [code, zonesOf(code)]));
    const wrong = known.filter((place) => !zones.get(place.country)?.has(canonical(geographyOf(place).timeZone)));
    expect(wrong.map(name)).toEqual([]);
  });

  it('has the offset that the zone has in one half of the year', () => {
    const offset = (timeZone: string, moment: number): string => {
      const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
      const part = format.formatToParts(moment).find(({ type }) => type === 'timeZoneName')?.value ?? '';
      return part === 'GMT' ? '+00:00' : part.slice(3);
    };
    for (const place of known) {
      const { timeZone, utcOffset } = geographyOf(place);
      const year = [Date.UTC(2025, 0, 15), Date.UTC(2025, 6, 15)].map((moment) => offset(timeZone, moment));
      expect(year, timeZone).toContain(utcOffset);
    }
  });

  it('has codes and a name of an airport, and a height there is', () => {
    for (const place of known) {
      const { airport, elevation } = geographyOf(place);
      expect(airport.iata, name(place)).toMatch(/^[A-Z]{3}$/);
      expect(airport.icao, name(place)).toMatch(/^[A-Z]{4}$/);
      expect(airport.name, name(place)).toBe(airport.name.normalize('NFC').trim());
      expect(elevation, name(place)).toBeGreaterThan(-450);
      expect(elevation, name(place)).toBeLessThan(5200);
    }
    const two = Map.groupBy(known, (place) => geographyOf(place).airport.icao);
    for (const [icao, places] of two) {
      expect(new Set(places.map((place) => geographyOf(place).airport.iata)).size, icao).toBe(1);
    }
  });

  it('has the calling code of the numbering plan, a language of two letters and a continent', () => {
    for (const { country } of new Map(known.map((place) => [place.country, place])).values()) {
      const place = known.find((one) => one.country === country) as Place;
      const { callingCode, language, languageName, continent } = geographyOf(place).country;
      expect(callingCode).toBe(`+${getCountryCallingCode(country as CountryCode)}`);
      expect(language).toMatch(/^[a-z]{2}$/);
      expect(languageNameOf(language)).toBe(languageName);
      expect(['Africa', 'Asia', 'Europe', 'North America', 'Oceania', 'South America']).toContain(continent);
    }
  });

  it('knows the well-known', () => {
    const at = (country: string, city: string) =>
      geographyOf(known.find((place) => place.country === country && place.city === city) as Place);
    expect(at('DE', 'Berlin')).toMatchObject({ timeZone: 'Europe/Berlin', airport: { iata: 'BER', icao: 'EDDB' } });
    expect(at('US', 'Honolulu')).toMatchObject({ timeZone: 'Pacific/Honolulu', utcOffset: '-10:00' });
    expect(at('ES', 'Las Palmas de Gran Canaria')).toMatchObject({ timeZone: 'Atlantic/Canary' });
    expect(at('IN', 'Mumbai')).toMatchObject({ utcOffset: '+05:30', country: { callingCode: '+91' } });
    expect(at('US', 'Denver').elevation).toBeGreaterThan(1550);
    expect(at('US', 'Denver').elevation).toBeLessThan(1700);
    expect(at('AU', 'Darwin').latitude).toBeCloseTo(-12.46, 1);
  });

  it('says which place it does not know', () => {
    const nowhere: Place = { ...(known[0] as Place), city: 'Nowhere' };
    expect(() => geographyOf(nowhere)).toThrow(/no geography of \w\w \w+ Nowhere/);
  });
});
