import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ERRORS } from './errors.ts';

const CONTRACT = new URL('../../../contracts/errors.json', import.meta.url);
type Contract = Readonly<Record<string, number>>;

/** What a change of the catalogue breaks: clients switch on codes. */
const brokenBy = (contract: Contract, now: Contract): string[] =>
  Object.entries(contract)
    .filter(([code, status]) => now[code] !== status)
    .map(([code]) => code);

it('no code that clients know is gone or has another status, and all are in the contract (else: DATAMAKER_UPDATE_DOCS=1)', () => {
  const now = Object.fromEntries(Object.entries(ERRORS).map(([code, { status }]) => [code, status]));
  const contract = JSON.parse(readFileSync(CONTRACT, 'utf8')) as Contract;
  expect(brokenBy(contract, now)).toEqual([]);
  if (process.env['DATAMAKER_UPDATE_DOCS'] === '1') {
    writeFileSync(CONTRACT, `${JSON.stringify({ ...contract, ...now }, null, 2)}\n`);
  }
  expect(Object.keys(now).filter((code) => !(code in JSON.parse(readFileSync(CONTRACT, 'utf8'))))).toEqual([]);
});

it('a code that is renamed, taken out or answered with another status is noticed', () => {
  expect(brokenBy({ a: 400, b: 404 }, { a: 400, c: 404 })).toEqual(['b']);
  expect(brokenBy({ a: 400 }, { a: 422 })).toEqual(['a']);
  expect(brokenBy({ a: 400 }, { a: 400, d: 500 })).toEqual([]);
});
