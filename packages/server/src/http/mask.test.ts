import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MaskKeys } from '../security/mask-keys.ts';
import { type Client, expectError } from '../testing/client.ts';
import { startOn, type TestServer } from '../testing/servers.ts';

interface Masked {
  readonly rows: readonly Record<string, unknown>[];
  readonly count: number;
  readonly seed: string;
  readonly log: readonly object[];
  readonly tokens?: readonly { readonly token: string; readonly value: unknown }[];
}

let server: TestServer;
let client: Client;
beforeAll(async () => {
  server = await startOn('external');
  client = server.client;
});
afterAll(() => server?.close());

const mask = (body: object) => client.post<Masked>('/mask', body);
const preserve = { strategies: { email: 'format-preserve' } };
const ANN = { email: 'qwxann@corp.test' };

describe('POST /mask', () => {
  it('gives masked rows in their order, with counts and the seed', async () => {
    const rows = Array.from({ length: 1000 }, (_, id) => ({ id, email: `qwx${id % 10}@corp.test`, name: null }));
    const strategies = { email: 'format-preserve', name: { strategy: 'replace', type: 'full_name' } };
    const { status, body, text } = await mask({ rows, strategies, seed: 's' });
    expect(status).toBe(200);
    expect(body.rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
    expect(new Set(body.rows.map(({ email }) => email)).size).toBe(10);
    expect(body).toMatchObject({
      count: 1000,
      seed: 's',
      log: [
        { field: 'email', strategy: 'format-preserve', values: 1000, nulls: 0 },
        { field: 'name', strategy: 'replace', type: 'full_name', values: 0, nulls: 1000 },
      ],
    });
    expect(text).not.toContain('qwx');
  });

  it("has a key of the workspace's own for each name, and takes one that is given", async () => {
    const of = async (more: object) => (await mask({ rows: [ANN], ...preserve, ...more })).body.rows[0]?.['email'];
    const own = await of({});
    expect(own).toMatch(/^[0-9a-f]{8}@corp\.test$/);
    expect(await of({})).toBe(own);
    const all = [
      own,
      await of({ keyName: 'b' }),
      await of({ key: '0123456789abcdef' }),
      await of({ key: '0123456789abcdeg' }),
    ];
    expect(new Set(all).size).toBe(4);
    expect(new MaskKeys('s').of('a', 'b')).not.toEqual(new MaskKeys('s').of('c', 'b'));
  });

  it('takes what is sensitive, and of which type fakes are, from a template', async () => {
    const id = await client.create([{ name: 'code', type: 'iban', options: { country: 'AT' } }]);
    const problems = expectError(
      await mask({ rows: [{ code: 'qwx' }], fields: [], templateId: id }),
      422,
      'validation_error',
    );
    expect(problems[0]).toMatchObject({ code: 'mask_unnamed_sensitive_field' });
    const { body } = await mask({ rows: [{ code: 'qwx' }], strategies: { code: 'replace' }, templateId: `${id}@v1` });
    expect(body.rows[0]?.['code']).toMatch(/^AT\d{18}$/);
    expectError(await mask({ rows: [], fields: [], templateId: 'tmpl_nope' }), 404, 'not_found');
  });

  it('gives the map of tokens', async () => {
    const { body } = await mask({ rows: [ANN, ANN], strategies: { email: 'tokenize' } });
    expect(body.tokens).toEqual([{ field: 'email', token: body.rows[0]?.['email'], value: ANN.email }]);
    expect((await mask({ rows: [ANN], ...preserve })).body).not.toHaveProperty('tokens');
  });

  it.each([
    [{ rows: [ANN], fields: [] }, 'mask_unnamed_sensitive_field', '/rows/0/email'],
    [{ rows: [{ x: 1 }], strategies: { x: 'hsah' } }, 'unknown_strategy', '/strategies/x/strategy'],
    [{ rows: [{ x: 'qwx' }], strategies: { x: 'shift' } }, 'mask_strategy_does_not_fit', '/rows/0/x'],
    [{ rows: [ANN], ...preserve, key: 'short' }, 'mask_key_too_short', '/key'],
    [{ rows: [ANN], ...preserve, seed: '' }, 'invalid_seed', '/seed'],
    [{ rows: [ANN] }, 'invalid_policy', ''],
    [{ rows: Array(10_001).fill({}), fields: [] }, 'invalid_value', '/rows'],
    [{ rows: 5, fields: [] }, 'invalid_value', '/rows'],
    [{ fields: [] }, 'invalid_value', '/rows'],
    [{ rows: [], fields: [], key: '0123456789abcdef', keyName: 'b' }, 'invalid_value', ''],
    [{ rows: [], fields: [], policy: 1 }, 'unknown_key', '/policy'],
  ])('refuses, with the place and without a value: %.80j', async (body, code, pointer) => {
    const answer = await mask(body);
    expect(expectError(answer, 422, 'validation_error')).toContainEqual(expect.objectContaining({ code, pointer }));
    expect(answer.text).not.toContain('qwx');
  });

  it('needs an API key', async () => {
    expectError(await client.as(undefined).post('/mask', { rows: [], fields: [] }), 401, 'unauthorized');
  });
});
