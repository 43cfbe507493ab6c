import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contractHash } from '../../services/datagen/contract.ts';
import { addProject } from '../../testing/add-project.ts';
import type { Client } from '../../testing/client.ts';
import { AGENTIC, type ContractBody, type GenerationBody, mintKey } from '../../testing/datagen-client.ts';
import { STORES, startOn, type TestServer } from '../../testing/servers.ts';

const NAMES = ['customer_id', 'email', 'zzqx'];
const infer = (client: Client, body: object = {}) =>
  client.post<ContractBody>('/api/v1/infer-schema', { field_names: NAMES, locale: 'de_DE', ...body });
const generate = (client: Client, body: object) => client.post<GenerationBody>('/api/v1/generate-ai', body);

describe.each(STORES)('a contract, with the %s store', (kind) => {
  let server: TestServer;
  let client: Client;
  beforeAll(async () => {
    server = await startOn(kind);
    client = server.client;
  });
  afterAll(() => server?.close());

  it('is the same whenever it is made, and does not depend on the order of its fields', async () => {
    const first = await infer(client);
    expect((await infer(client)).body).toEqual(first.body);
    expect((await infer(client.as(undefined))).body).toEqual(first.body);
    expect(contractHash(first.body.proposed_schema.toReversed())).toBe(first.body.contract_hash);
    expect((await infer(client, { locale: 'fr_FR' })).body.contract_hash).not.toBe(first.body.contract_hash);
  });

  it('says of every field how sure it is, why, and what else it may be', async () => {
    for (const field of (await infer(client)).body.proposed_schema) {
      expect(field).toMatchObject({
        type: expect.any(String),
        description: expect.any(String),
        inference_source: expect.stringMatching(/^(rules|samples|heuristic|model)$/),
        confidence: expect.any(Number),
        reason: expect.any(String),
        alternatives: expect.any(Array),
      });
    }
  });

  it('is kept: it can be read and generated from by its id', async () => {
    const { body } = await infer(client);
    const read = await client.get(`/api/v1/contracts/${body.contract_id}`);
    expect(read.body).toMatchObject(body);
    const byId = await generate(client, { contract_id: body.contract_id, count: 4, seed: 's' });
    const byNames = await generate(client, { field_names: NAMES, locale: 'de_DE', count: 4, seed: 's' });
    expect(byId.status).toBe(200);
    expect(byId.body.records).toEqual(byNames.body.records);
    expect(byId.body.inferred_contract_hash).toBe(body.contract_hash);
    const beside = await generate(client, { contract_id: body.contract_id, field_names: ['x'], locale: 'fr_FR' });
    expect([beside.status, beside.text]).toEqual([422, expect.stringContaining('field_names')]);
    expect((await generate(client, { contract_id: 'ctr_000000000000' })).status).toBe(404);
  });

  it('can be sent as declared fields', async () => {
    const { body } = await infer(client);
    const sent = { schema_fields: body.proposed_schema, locale: 'de_DE', seed: 's', count: 4 };
    const declared = await client.post<GenerationBody>('/api/v1/generate', sent);
    expect(declared.status).toBe(200);
    expect(declared.body.records).toEqual(
      (await generate(client, { contract_id: body.contract_id, count: 4, seed: 's' })).body.records,
    );
  });

  it('belongs to whoever made it; one made without a key is everybody’s', async () => {
    const other = client.as(await addProject(server));
    const free = client.as(await mintKey(client));
    const { contract_id: mine } = (await infer(client, { field_names: ['mine'] })).body;
    for (const stranger of [other, free, client.as(undefined)]) {
      expect((await stranger.get(`/api/v1/contracts/${mine}`)).status).toBe(404);
    }
    const { contract_id: shared } = (await infer(client.as(undefined), { field_names: ['shared'] })).body;
    for (const reader of [client, other, free]) {
      expect((await reader.get(`/api/v1/contracts/${shared}`)).status).toBe(200);
      expect((await generate(reader, { contract_id: shared })).status).toBe(200);
    }
  });

  it('has a longer id when its own is another’s', async () => {
    const { contract_id: id, contract_hash: hash } = (await infer(client, { field_names: ['collides'] })).body;
    const store = await server.openDatabase();
    try {
      // Another contract, with a hash that begins alike.
      await store
        .updateTable('datagen_contract')
        .set({ hash: `${hash.slice(0, 12)}${'0'.repeat(52)}` })
        .where('id', '=', id)
        .execute();
    } finally {
      await store.destroy();
    }
    const again = (await infer(client, { field_names: ['collides'] })).body;
    expect(again.contract_id).toBe(`ctr_${hash.slice(0, 16)}`);
    expect((await client.get(`/api/v1/contracts/${again.contract_id}`)).body).toMatchObject({ contract_hash: hash });
  });

  it('is held to: by its hash in any case, and strictly', async () => {
    const { contract_hash: hash } = (await infer(client)).body;
    const asked = { field_names: NAMES, locale: 'de_DE', count: 1 };
    for (const expected_contract_hash of [hash, hash.toUpperCase()]) {
      expect((await generate(client, { ...asked, expected_contract_hash })).status).toBe(200);
    }
    const wrong = 'f'.repeat(64);
    const mismatch = await client.post('/api/v1/generate-ai', { ...asked, expected_contract_hash: wrong });
    expect([mismatch.status, mismatch.body]).toEqual([
      409,
      { detail: 'Inferred contract hash mismatch.', expected_contract_hash: wrong, actual_contract_hash: hash },
    ]);
    // `zzqx` means nothing.
    const strict = await client.post('/api/v1/generate-ai', { ...asked, strict_contract: true });
    expect([strict.status, strict.body]).toMatchObject([422, { detail: expect.any(Array), hint: expect.any(String) }]);
    const structured = await client.post('/api/v1/generate-ai', { ...asked, strict_contract: true }, AGENTIC);
    expect(structured.body).toContainEqual(expect.objectContaining({ code: 'guessed_field', field: 'zzqx' }));
    expect((await generate(client, { ...asked, require_validate: true })).status).toBe(200);
  });
});
