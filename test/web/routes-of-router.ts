import { readFileSync } from 'node:fs';

const SOURCE = new URL('../../packages/web/src/router.tsx', import.meta.url);
/** Those that only lead to others. */
const LEADING = new Set(['/', '/projects/$id']);

/** The paths of all pages, as the router of the app has them: `/templates/$id`. */
export function routesOfRouter(): string[] {
  const source = readFileSync(SOURCE, 'utf8');
  const paths = [...source.matchAll(/(?:\bpath: |\bpage\(\s*)'([^']+)'/g)].map(([, path = '']) => path);
  return paths.filter((path) => !LEADING.has(path));
}

/** The path of the router that an address leads to; one without a parameter comes before one with. */
export function routeOf(address: string, routes: readonly string[]): string | undefined {
  const parts = (address.split(/[?#]/)[0] ?? '').split('/');
  const fits = (route: string): boolean => {
    const own = route.split('/');
    return own.length === parts.length && own.every((part, at) => part === parts[at] || part.startsWith('$'));
  };
  return [...routes].sort((a, b) => Number(a.includes('$')) - Number(b.includes('$'))).find(fits);
}
