import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { geographyOf } from '../../locales/geography/geography.ts';
import { isInCountry } from '../../locales/geography/testing/is-in-country.ts';
import { localeCodes } from '../../locales/load-locale.ts';
import { type Place, placesOf } from '../../locales/places.ts';
import { generateRows } from '../../rows/generate-rows.ts';
import { parseTemplate } from '../../template/parse-template.ts';
import { findType } from '../registry.ts';
import { planOf, textOf, valuesOf } from '../testing/compiled.ts';

type Row = Readonly<Record<string, string>>;

const ROWS = 1500;
const all = placesOf({ country: null });
const places = Map.groupBy(all, ({ country, region, cityEn, city }) => `${country} ${region} ${cityEn ?? city}`);

async function rowsOf(types: readonly string[], options: Readonly<Record<string, unknown>> = {}): Promise<Row[]> {
  const plan = await planOf(types.map((type) => ({ name: type, type, options })));
  return generateRows(plan, 0, ROWS) as unknown as Row[];
}

const placeOf = (row: Row): Place => places.get(`${row['country_code']} ${row['state']} ${row['city']}`)?.[0] as Place;

/** Kilometres between two points not far from each other. */
const distance = (a: readonly [number, number], b: readonly [number, number]): number =>
  Math.hypot(a[0] - b[0], (a[1] - b[1]) * Math.cos((a[0] * Math.PI) / 180)) * 111.195;

describe('the point of a row', () => {
  it('lies within 10 km of its city and in its country', async () => {
    const rows = await rowsOf(['city', 'state', 'country_code', 'latitude', 'longitude']);
    for (const row of rows) {
      const { latitude, longitude } = geographyOf(placeOf(row));
      const point = [Number(row['latitude']), Number(row['longitude'])] as const;
      expect(distance(point, [latitude, longitude]), row['city']).toBeLessThan(10);
      expect(isInCountry(row['country_code'] ?? '', ...point), `${row['city']} ${point}`).toBe(true);
    }
    const distinct = new Set(rows.map((row) => `${row['latitude']} ${row['longitude']}`));
    expect(distinct.size).toBeGreaterThan(ROWS - 3);
  });

  it('is anywhere in the square of its city: latitude and longitude are independent', async () => {
    const rows = await rowsOf(['city', 'state', 'country_code', 'latitude', 'longitude']);
    const products = rows.map((row) => {
      const { south, west, height, width } = geographyOf(placeOf(row)).square;
      const up = ((Number(row['latitude']) + 90) * 1e6 - south) / height;
      const right = ((Number(row['longitude']) + 180) * 1e6 - west) / width;
      for (const part of [up, right]) {
        expect(part).toBeGreaterThan(-0.001);
        expect(part).toBeLessThan(1.001);
      }
      return (2 * up - 1) * (2 * right - 1);
    });
    // Its deviation is 0.0086; were the two the same it would be 1/3.
    expect(Math.abs(products.reduce((sum, product) => sum + product, 0) / ROWS)).toBeLessThan(0.05);
  });

  it('is the same in latitude, longitude and coordinates, at any number of decimals', async () => {
    for (const decimals of [0, 1, 4, 6]) {
      for (const row of await rowsOf(['latitude', 'longitude', 'coordinates'], { decimals })) {
        const [lat, lng] = (row['coordinates'] as string).split(',').map(Number);
        expect([lat, lng]).toEqual([Number(row['latitude']), Number(row['longitude'])]);
      }
    }
  });

  it('is rounded to the nearest, south and west of zero too', async () => {
    const fine = (await valuesOf('latitude', { decimals: 6, locale: 'en_AU' }, ROWS)) as number[];
    const coarse = (await valuesOf('latitude', { decimals: 2, locale: 'en_AU' }, ROWS)) as number[];
    fine.forEach((value, i) => {
      expect(Math.abs(value - (coarse[i] ?? 0))).toBeLessThanOrEqual(0.0050001);
    });
    expect(fine.every((value) => value < 0)).toBe(true);
  });

  it('is another one in another group of the row', async () => {
    const plan = await planOf([
      { name: 'home', type: 'coordinates', options: { group: 'home' } },
      { name: 'work', type: 'coordinates', options: { group: 'work' } },
    ]);
    const rows = generateRows(plan, 0, 200) as unknown as Row[];
    expect(rows.filter((row) => row['home'] === row['work']).length).toBeLessThan(3);
  });

  it.each([
    ['lat,lng', /^-?\d+\.\d{3},-?\d+\.\d{3}$/],
    ['lng,lat', /^-?\d+\.\d{3},-?\d+\.\d{3}$/],
    ['wkt', /^POINT\(-?\d+\.\d{3} -?\d+\.\d{3}\)$/],
    ['geo_uri', /^geo:-?\d+\.\d{3},-?\d+\.\d{3}$/],
  ])('is written as %s', async (format, pattern) => {
    const values = (await valuesOf('coordinates', { format, decimals: 3 }, 300)) as string[];
    const plain = (await valuesOf('coordinates', { decimals: 3 }, 300)) as string[];
    values.forEach((value, i) => {
      expect(value).toMatch(pattern);
      const numbers = value.match(/-?\d+\.\d+/g) as string[];
      const swapped = format === 'lng,lat' || format === 'wkt';
      expect((swapped ? numbers.toReversed() : numbers).join(',')).toBe(plain[i]);
    });
  });

  it('is an object or a GeoJSON point of the same numbers, in every format', async () => {
    const [first] = (await valuesOf('coordinates', {}, 1)) as [string];
    const [lat, lng] = first.split(',') as [string, string];
    const object = { latitude: Number(lat), longitude: Number(lng) };
    const point = { type: 'Point', coordinates: [Number(lng), Number(lat)] };
    expect(await valuesOf('coordinates', { format: 'object' }, 1)).toEqual([object]);
    expect(await valuesOf('coordinates', { format: 'geojson' }, 1)).toEqual([point]);
    const plan = await planOf([{ name: 'v', type: 'coordinates', options: { format: 'geojson' } }]);
    const written = `{"type":"Point","coordinates":[${lng},${lat}]}`;
    expect(textOf(plan, { format: 'ndjson' }, 0, 1)).toBe(`{"v":${written}}\n`);
    expect(textOf(plan, { format: 'csv' }, 0, 1)).toContain(`"${written.replaceAll('"', '""')}"`);
    expect(textOf(plan, { format: 'sql' }, 0, 1)).toContain(`'${written}'`);
  });

  it('is an object that never repeats when unique', async () => {
    const plan = await planOf([{ name: 'v', type: 'coordinates', options: { format: 'object', unique: true } }]);
    const values = generateRows(plan, 0, 2000).map((row) => JSON.stringify(row['v']));
    expect(new Set(values).size).toBe(2000);
  });

  it('never repeats when unique, for any locale and number of decimals, and still lies in a country of the locale', async () => {
    const type = fc.constantFrom('latitude', 'longitude', 'coordinates');
    const locale = fc.constantFrom('en', 'en_US', 'de_CH', 'en_NZ', 'en_AE', 'pt_PT');
    await fc.assert(
      fc.asyncProperty(type, locale, fc.integer({ min: 0, max: 6 }), async (key, code, decimals) => {
        const plan = await planOf([{ name: 'v', type: key, options: { locale: code, decimals, unique: true } }]);
        const count = Math.min(1500, plan.capacity);
        const values = generateRows(plan, 0, count).map((row) => row['v']);
        expect(new Set(values).size).toBe(count);
      }),
      { numRuns: 40 },
    );
    const points = (await valuesOf('coordinates', { unique: true, locale: 'de_CH' }, 500)) as string[];
    for (const point of points) {
      const [lat, lng] = point.split(',').map(Number) as [number, number];
      expect(isInCountry('CH', lat, lng), point).toBe(true);
    }
  });
});

describe('what goes with the place of a row', () => {
  it('is that of one place', async () => {
    const types = ['timezone', 'utc_offset', 'airport_iata', 'airport_icao', 'airport_name', 'elevation', 'continent'];
    const more = ['calling_code', 'language_code', 'language', 'location', 'country'];
    for (const row of await rowsOf(['city', 'state', 'country_code', ...types, ...more])) {
      const { timeZone, utcOffset, airport, elevation, country } = geographyOf(placeOf(row));
      expect(row).toMatchObject({
        timezone: timeZone,
        utc_offset: utcOffset,
        airport_iata: airport.iata,
        airport_icao: airport.icao,
        airport_name: airport.name,
        elevation,
        continent: country.continent,
        calling_code: country.callingCode,
        language_code: country.language,
        language: country.languageName,
        location: `${row['city']}, ${row['country']}`,
      });
    }
  });

  it('gives heights in feet that are those in metres', async () => {
    const metres = (await valuesOf('elevation', {}, 300)) as number[];
    const feet = (await valuesOf('elevation', { unit: 'ft' }, 300)) as number[];
    feet.forEach((value, i) => {
      expect(value).toBe(Math.round((metres[i] ?? 0) / 0.3048));
    });
  });

  it.each(localeCodes())('is there for every place of %s', async (locale) => {
    const types = [
      'latitude',
      'timezone',
      'airport_iata',
      'elevation',
      'language',
      'full_address',
      'secondary_address',
    ];
    const rows = await rowsOf(types, { locale });
    for (const type of types)
      expect(
        rows.every((row) => row[type] !== ''),
        type,
      ).toBe(true);
  });

  it('has the language of the locale where that names a country', async () => {
    expect(new Set(await valuesOf('language_code', { locale: 'fr_CH' }, 50))).toEqual(new Set(['fr']));
    expect(new Set(await valuesOf('language', { locale: 'de_AT' }, 50))).toEqual(new Set(['German']));
  });

  it('has the region after the city when asked', async () => {
    const plan = await planOf([
      { name: 'city', type: 'city', options: { locale: 'en_US' } },
      { name: 'state', type: 'state', options: { locale: 'en_US' } },
      { name: 'location', type: 'location', options: { locale: 'en_US', with: 'region' } },
    ]);
    for (const row of generateRows(plan, 0, 200)) expect(row['location']).toBe(`${row['city']}, ${row['state']}`);
  });
});

describe('a full address', () => {
  const types = ['street_name', 'building_number', 'city', 'country', 'full_address'];

  it('holds street, number, city and country of the row', async () => {
    for (const row of await rowsOf(types)) {
      expect(row['full_address']).toMatch(
        new RegExp(`^${literal(`${row['building_number']} ${row['street_name']}, `)}`),
      );
      expect(row['full_address']).toContain(row['city']);
      expect(row['full_address']).toMatch(new RegExp(`, ${literal(row['country'] ?? '')}$`));
    }
  });

  it.each([
    ['de_DE', /^\D.* \d+, \d{5} \D+$/],
    ['fr_FR', /^\d+ .+, \d{5} .+$/],
    ['nl_NL', /^\D.* \d+, \d{4} [A-Z]{2} \D+$/],
    ['pt_BR', /^\D.*, \d+, \D+ - [A-Z]{2}, \d{5}-\d{3}$/],
    ['en_US', /^\d+ .+, .+, [A-Z]{2} \d{5}$/],
    ['en_CA', /^\d+ .+, .+ [A-Z]{2} [A-Z]\d[A-Z] \d[A-Z]\d$/],
    ['en_GB', /^\d+ .+, .+, [A-Z]{1,2}\d[\dA-Z]? \d[A-Z]{2}$/],
    ['en_AU', /^\d+ .+, .+ [A-Z]{2,3} \d{4}$/],
    ['en_AE', /^\d+ .+, [^\d]+$/],
  ])('of %s is in the order of the country', async (locale, pattern) => {
    const values = (await valuesOf('full_address', { locale, country: false }, 300)) as string[];
    expect(values.filter((value) => !pattern.test(value))).toEqual([]);
  });

  it('keeps place and postcode together when unique', async () => {
    const rows = await rowsOf(['country', 'city'], {});
    const plan = await planOf([
      { name: 'city', type: 'city' },
      { name: 'v', type: 'full_address', options: { unique: true } },
    ]);
    const values = generateRows(plan, 0, ROWS);
    expect(new Set(values.map((row) => row['v'])).size).toBe(ROWS);
    values.forEach((row, i) => {
      expect(row['v']).toContain(row['city']);
      expect(row['v']).toContain(rows[i]?.['country']);
    });
  });

  it('is what street_address gives when asked', async () => {
    const values = (await valuesOf('Address', { useFullAddress: true, locale: 'de_DE' }, 100)) as string[];
    expect(values.filter((value) => !/^\D.* \d+, \d{5} \D+, Deutschland$/.test(value))).toEqual([]);
  });
});

describe('names and options of other generators', () => {
  it.each([
    ['zipCode', 'postcode'],
    ['Zip Code', 'postcode'],
    ['Time Zone', 'timezone'],
    ['timeZone', 'timezone'],
    ['tz', 'timezone'],
    ['house_number', 'building_number'],
    ['address_line_2', 'secondary_address'],
    ['iata', 'airport_iata'],
    ['languageCode', 'language_code'],
    ['Language', 'language'],
    ['place', 'location'],
    ['region', 'state'],
  ])('%s is %s', (alias, key) => {
    expect(findType(alias)?.key).toBe(key);
  });

  it('write postcodes by a pattern', async () => {
    for (const value of await valuesOf('Zip Code', { format: 'A-##?? #####' }, 200)) {
      expect(value).toMatch(/^A-\d\d[A-Z]{2} \d{5}$/);
    }
  });

  it('are refused with what is allowed when wrong', () => {
    for (const [type, options] of [
      ['latitude', { decimals: 7 }],
      ['coordinates', { format: 'degrees' }],
      ['elevation', { unit: 'miles' }],
      ['postcode', { format: '' }],
    ] as const) {
      const parsed = parseTemplate({ name: 't', fields: [{ name: 'v', type, options }] });
      expect(parsed.ok, type).toBe(false);
      const [option] = Object.keys(options);
      if (!parsed.ok) expect(parsed.diagnostics[0]?.pointer, type).toBe(`/fields/0/options/${option}`);
    }
  });
});

const literal = (value: string): string => value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
