import { expect, it } from 'vitest';
import { routeOf, routesOfRouter } from '../routes-of-router.ts';
import { SHOWN_PAGES } from './shown-pages.ts';

it('shows every page of the router', () => {
  const routes = routesOfRouter();
  expect(routes.length).toBeGreaterThan(25);
  const shown = SHOWN_PAGES.map(({ path }) => routeOf(path, routes));
  expect(SHOWN_PAGES.filter((_, at) => shown[at] === undefined)).toEqual([]);
  expect(routes.filter((route) => !shown.includes(route))).toEqual([]);
  expect(new Set(SHOWN_PAGES.map(({ name }) => name)).size).toBe(SHOWN_PAGES.length);
});
