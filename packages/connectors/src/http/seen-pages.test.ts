import { expect, it } from 'vitest';
import { SeenPages } from './seen-pages.ts';

const page = (n: number): URL => new URL(`https://host/rows?page=${n}&key=s3cret`);

it('takes no page twice, whatever leads to it', () => {
  const seen = new SeenPages();
  for (const n of [1, 2, 3]) seen.see(page(n), [{ id: n, big: 9007199254740993n }]);
  expect(() => seen.see(page(2), [{ id: 4 }])).toThrow('https://host/rows leads back to itself');
  expect(() => seen.see(page(5), [{ id: 1, big: 9007199254740993n }])).toThrow('the same rows again');
});

it('takes empty pages, and pages up to a number', () => {
  const seen = new SeenPages(3);
  for (const n of [1, 2, 3]) seen.see(page(n), []);
  expect(() => seen.see(page(4), [])).toThrow('more than 3 pages');
});
