import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../errors.ts';
import { prefersRun, wantsRun } from './wants-run.ts';

const request = (body: object, prefer?: string | string[]) =>
  ({ body, headers: prefer === undefined ? {} : { prefer } }) as unknown as Parameters<typeof wantsRun>[0];

describe('whether a generation is to be a run', () => {
  it.each([
    ['respond-async', true],
    ['Respond-Async, wait=10', true],
    ['handling=lenient , respond-async;x="y"', true],
    ['respond-async=""', true],
    ['respond-asynchronously', false],
    ['wait=10', false],
    ['x-respond-async', false],
    ['', false],
  ])('reads Prefer: %s', (prefer, wanted) => {
    expect(prefersRun(request({}, prefer))).toBe(wanted);
    expect(prefersRun(request({}, ['x', prefer]))).toBe(wanted);
  });

  it('goes by the body, then by Prefer, then by the number of rows', () => {
    const count = fc.integer({ min: 1, max: 1000 });
    const prefer = fc.constantFrom(undefined, 'respond-async');
    fc.assert(
      fc.property(
        fc.constantFrom(true, false, undefined),
        prefer,
        count,
        fc.option(count, { nil: undefined }),
        (said, p, rows, most) => {
          const body = said === undefined ? { count: rows } : { count: rows, async: said };
          const many = most !== undefined && rows > most;
          expect(wantsRun(request(body, p), most)).toBe(said ?? (p !== undefined || many));
        },
      ),
    );
  });

  it('refuses whatever else the body says, and leaves a wrong range to whoever makes the rows', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (said) => {
        if (['true', 'false', true, false].some((known) => known === said)) return;
        expect(() => wantsRun(request({ async: said }), 1)).toThrow(ApiError);
      }),
    );
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (count, to) => {
        if (typeof count === 'number' || typeof to === 'number' || typeof count === 'string' || typeof to === 'string')
          return;
        expect(wantsRun(request({ count, to }), 0)).toBe(false);
      }),
    );
  });
});
