import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, expectError } from '../testing/client.ts';
import { startOn, type TestServer } from '../testing/servers.ts';

type Row = Readonly<Record<string, unknown>>;

describe('generation', () => {
  let server: TestServer;
  let client: Client;
  let id: string;
  beforeAll(async () => {
    server = await startOn('external');
    client = server.client;
    id = await client.create([
      { name: 'id', type: 'sequence' },
      { name: 'email', type: 'email' },
      { name: 'country', type: 'country_code' },
    ]);
  });
  afterAll(() => server?.close());
  const generate = (body: object) =>
    client.post<Row[]>(`/templates/${id}/generate`, { seed: 's', format: 'json', ...body });

  it('gives any range of rows as a whole run has them', async () => {
    const { body: all } = await generate({ count: 60 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 59 }), fc.integer({ min: 1, max: 60 }), async (from, length) => {
        const to = Math.min(60, from + length);
        const part = await generate({ from, to });
        expect(part.body).toEqual(all.slice(from, to));
        expect(part.headers.get('x-datamaker-rows')).toBe(String(to - from));
        expect((await generate({ from: String(from), count: to - from })).text).toBe(part.text);
      }),
      { numRuns: 15 },
    );
  });

  it.each([
    [{ from: 5, to: 5 }, '/to'],
    [{ from: -1, to: 5 }, '/from'],
    [{ from: 1.5, to: 5 }, '/from'],
    [{ to: 5, count: 5 }, '/to'],
    [{ from: 1e12, count: 1 }, '/from'],
    [{ from: 2, to: 'x' }, '/to'],
  ])('refuses a range that is none: %j', async (range, pointer) => {
    expect(expectError(await generate(range), 422, 'validation_error')).toMatchObject([
      { code: 'invalid_range', pointer },
    ]);
  });

  it('takes values of a list, as often as their weights say', async () => {
    const overrides = { country: { pick_from: ['DE', 'AT'], weights: [3, 1] } };
    const { body } = await generate({ count: 4000, overrides });
    const german = body.filter(({ country }) => country === 'DE').length;
    expect(body.every(({ country }) => country === 'DE' || country === 'AT')).toBe(true);
    // Four standard deviations.
    expect(Math.abs(german - 3000)).toBeLessThan(110);
    const { body: plain } = await generate({ count: 4000 });
    expect(body.map(({ email }) => email)).toEqual(plain.map(({ email }) => email));
    const even = await generate({ count: 100, overrides: { country: { pick_from: [1, null] } } });
    expect(new Set(even.body.map(({ country }) => country))).toEqual(new Set([1, null]));
  });

  it('takes any value as it is when it says so, and objects that are no lists to pick from', async () => {
    const odd = { pick_from: ['DE'] };
    for (const [given, wanted] of [
      [{ constant: odd }, odd],
      [{ constant: { constant: 1 } }, { constant: 1 }],
      [
        { pick_from: ['DE'], other: 1 },
        { pick_from: ['DE'], other: 1 },
      ],
      [{ a: 1 }, { a: 1 }],
    ]) {
      const { body } = await generate({ count: 1, overrides: { country: given } });
      expect(body[0]?.['country']).toEqual(wanted);
    }
  });

  it.each([
    [{ pick_from: 'DE' }, /^\/overrides\/country/],
    [{ pick_from: [] }, /^\/overrides\/country/],
    [{ pick_from: ['a', 'b'], weights: [1] }, /^\/overrides\/country\/weights/],
    [{ pick_from: ['a', 'b'], weights: [-1, 2] }, /^\/overrides\/country\/weights/],
  ])('says what is wrong with %j where it is', async (country, pointer) => {
    const [diagnostic] = expectError(await generate({ count: 1, overrides: { country } }), 422, 'validation_error');
    expect(diagnostic?.pointer).toMatch(pointer);
  });
});
