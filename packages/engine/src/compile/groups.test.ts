import { expect, it } from 'vitest';
import { generateRows } from '../rows/generate-rows.ts';
import { planOf } from '../types/testing/compiled.ts';

const field = (name: string, type: string, group?: string) => ({
  name,
  type,
  options: group === undefined ? {} : { group },
});

it('gives the fields of a named group a person and a place of their own', async () => {
  const fields = ['billing', 'shipping'].flatMap((group) => [
    field(`${group} name`, 'full_name', group),
    field(`${group} first`, 'first_name', group),
    field(`${group} last`, 'last_name', group),
    field(`${group} email`, 'email', group),
    field(`${group} sex`, 'sex', group),
    field(`${group} prefix`, 'name_prefix', group),
    field(`${group} city`, 'city', group),
    field(`${group} country`, 'country_code', group),
    field(`${group} state`, 'state', group),
    field(`${group} zone`, 'timezone', group),
    field(`${group} phone`, 'phone', group),
  ]);
  const rows = generateRows(await planOf([...fields, field('first', 'first_name')]), 0, 400) as Record<
    string,
    string
  >[];
  const zones = new Map<string, Set<string>>();
  for (const row of rows) {
    for (const group of ['billing', 'shipping']) {
      const of = (name: string): string => row[`${group} ${name}`] ?? '';
      expect(of('name')).toBe(`${of('first')} ${of('last')}`);
      expect(['Mr', 'Dr'].includes(of('prefix'))).toBe(of('sex') === 'male' || of('prefix') === 'Dr');
      const place = `${of('country')} ${of('state')} ${of('city')}`;
      zones.set(place, (zones.get(place) ?? new Set()).add(of('zone')));
    }
  }
  for (const seen of zones.values()) expect(seen.size).toBe(1);
  const alike = (name: string): number =>
    rows.filter((row) => row[`billing ${name}`] === row[`shipping ${name}`]).length;
  expect(alike('name')).toBeLessThan(10);
  expect(alike('city')).toBeLessThan(20);
  expect(rows.filter((row) => row['first'] === row['billing first']).length).toBeLessThan(20);
});
