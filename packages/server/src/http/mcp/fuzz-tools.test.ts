import type { Client } from '@modelcontextprotocol/client';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { connectClient } from '../../testing/mcp/connect-client.ts';
import { PlainSandbox } from '../../testing/plain-sandbox.ts';
import { startOn, type TestServer } from '../../testing/servers.ts';
import { tries } from '../../testing/tries.ts';
import { TOOLS } from '../../tools/tools.ts';

interface Shape {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Shape[];
  readonly items?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Shape | boolean;
  readonly minimum?: number;
  readonly maximum?: number;
}

let server: TestServer;
let client: Client;
/** Ids of things that are there, so that not all calls end with the first look. */
let known: string[];
beforeAll(async () => {
  server = await startOn('bundled', { sandbox: new PlainSandbox() });
  const template = await server.client.create([{ name: 'id', type: 'sequence' }]);
  const scenario = await server.client.post('/scenarios', { name: 'fuzz', code: 'print(1)' });
  const url = 'postgres://test@127.0.0.1:1/postgres';
  const connection = await server.client.post('/connections', { name: 'fuzz', type: 'postgres', url });
  known = [template, scenario.body.id, connection.body.id, 'fuzz'];
  client = await connectClient(server.client.url, server.key, '2026');
}, 300_000);
afterAll(async () => {
  await client?.close();
  await server?.close();
});

const NASTY = [
  '',
  '\u0000',
  '../../etc/passwd',
  '%2e%2e',
  "'; DROP TABLE template; --",
  '\ud800',
  '__proto__',
  '𝕏'.repeat(50),
];

const text = (): fc.Arbitrary<unknown> =>
  fc.oneof(fc.constantFrom(...known), fc.constantFrom(...NASTY), fc.string({ maxLength: 30, unit: 'binary' }));

/** Values of a schema: small ones, so that nothing is made that takes long. */
function arbitraryOf(shape: Shape): fc.Arbitrary<unknown> {
  if (shape.enum !== undefined) return fc.constantFrom(...shape.enum);
  if (shape.anyOf !== undefined) return fc.oneof(...shape.anyOf.map(arbitraryOf));
  switch (shape.type) {
    case 'string':
      return text();
    case 'integer':
    case 'number':
      return fc.oneof(fc.integer({ min: Math.max(0, shape.minimum ?? 0), max: 3 }), fc.constant(shape.maximum ?? 3));
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(shape.items === undefined ? fc.jsonValue() : arbitraryOf(shape.items), { maxLength: 3 });
    case 'object':
      if (shape.properties !== undefined) return objectOf(shape);
      return fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 });
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

const objectOf = ({ properties = {}, required = [] }: Shape): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(Object.fromEntries(Object.entries(properties).map(([name, shape]) => [name, arbitraryOf(shape)])), {
    requiredKeys: [...required],
  }) as fc.Arbitrary<Record<string, unknown>>;

/** As the schema has it, or with something else in its place. */
const argumentsOf = (shape: Shape): fc.Arbitrary<Record<string, unknown>> =>
  fc.oneof(
    { weight: 3, arbitrary: objectOf(shape) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(objectOf(shape), fc.constantFrom(...Object.keys(shape.properties ?? {}), 'unknown'), fc.jsonValue())
        .map(([right, key, value]) => ({ ...right, [key]: value })),
    },
  );

/** What UTF-8 cannot say, wherever a text may stand: it is in no path. */
const unsayable = ({ properties = {} }: Shape): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(properties)
      .filter(([, { type, enum: values }]) => type === 'string' && values === undefined)
      .map(([name]) => [name, '\ud800']),
  );

/** What a wait or many rows would only make slow. */
const calm = ({ wait_seconds: _wait, count, ...rest }: Record<string, unknown>) =>
  count === undefined ? rest : { ...rest, count: typeof count === 'number' ? Math.min(count, 50) : count };

describe('whatever tools are given', () => {
  it.each(TOOLS.map(({ name }) => name))(
    '%s never fails in a way that nobody foresaw',
    async (name) => {
      const tool = TOOLS.find((one) => one.name === name);
      const shape = z.toJSONSchema(tool?.input ?? z.strictObject({}), { io: 'input' }) as Shape;
      await fc.assert(
        fc.asyncProperty(argumentsOf(shape), async (given) => {
          const result = await client.callTool({ name, arguments: calm(given) });
          const [content] = result.content as unknown as [{ text: string }];
          expect(content.text).not.toMatch(/"code":"(internal_error|timed_out)"/);
          if (result.isError !== true) return;
          const { error } = JSON.parse(content.text) as { error: { code: string; message: string } };
          expect(error.code).toMatch(/^[a-z_]+$/);
          expect(error.message).not.toBe('');
        }),
        { numRuns: tries(6, 1000), examples: [[unsayable(shape)]] },
      );
    },
    600_000,
  );
});
