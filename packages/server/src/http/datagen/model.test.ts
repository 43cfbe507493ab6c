import { afterEach, expect, it } from 'vitest';
import { readModelSettings } from '../../model/model-settings.ts';
import { startServer } from '../../start-server.ts';
import { Client } from '../../testing/client.ts';
import type { ContractBody, GenerationBody } from '../../testing/datagen-client.ts';
import { type FakeModelOptions, startFakeModel } from '../../testing/fake-model.ts';
import { bundle, quietly, removeFolder, temporaryFolder } from '../../testing/servers.ts';

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

/** A server that asks a model which answers like this. */
async function startWith(answer: FakeModelOptions['answer']) {
  const fake = await startFakeModel({ answer });
  cleanups.push(() => fake.close());
  const model = readModelSettings({ DATAMAKER_MODEL_URL: fake.url, DATAMAKER_MODEL_TIMEOUT_MS: '2000' });
  const dataDirectory = temporaryFolder();
  cleanups.push(() => removeFolder(dataDirectory));
  await bundle(dataDirectory);
  const server = await startServer(quietly({ dataDirectory, ...(model === undefined ? {} : { model }) }));
  cleanups.push(() => server.close());
  return { fake, client: new Client(server.url, server.newKey) };
}

const NAMES = { field_names: ['zzqx'], locale: 'de_DE' };

it('asks a model about columns in doubt, once, and holds to what it said', async () => {
  let type = 'iban';
  const { fake, client } = await startWith(() => JSON.stringify([{ name: 'zzqx', type, reason: 'an account' }]));
  const inferred = await client.post<ContractBody>('/api/v1/infer-schema', NAMES);
  expect(inferred.body.proposed_schema).toMatchObject([{ name: 'zzqx', type: 'iban', inference_source: 'model' }]);
  // A model that changes its mind changes no contract.
  type = 'email';
  const rows = await client.post<GenerationBody>('/api/v1/generate-ai', {
    ...NAMES,
    count: 2,
    strict_contract: true,
    expected_contract_hash: inferred.body.contract_hash,
  });
  expect(rows.status).toBe(200);
  for (const { zzqx } of rows.body.records) expect(zzqx).toMatch(/^DE\d{20}$/);
  expect(fake.requests).toHaveLength(1);
});

it('asks none for whoever has no key', async () => {
  const { fake, client } = await startWith(() => '[]');
  const { body } = await client.as(undefined).post<ContractBody>('/api/v1/infer-schema', NAMES);
  expect(body.proposed_schema).toMatchObject([{ inference_source: 'heuristic' }]);
  expect(fake.requests).toHaveLength(0);
});

it('goes on without a model that fails, and says so', async () => {
  const { client } = await startWith(() => 500);
  const { status, body } = await client.post<ContractBody>('/api/v1/infer-schema', NAMES);
  expect(status).toBe(200);
  expect(body.proposed_schema).toMatchObject([
    { inference_source: 'heuristic', reason: expect.stringContaining('offline') },
  ]);
});

it('takes types that it does not offer for text', async () => {
  const { client } = await startWith(() => JSON.stringify([{ name: 'zzqx', type: 'python', options: { code: 'x' } }]));
  const { status } = await client.post<ContractBody>('/api/v1/infer-schema', NAMES);
  expect(status).toBe(200);
  expect((await client.post('/api/v1/generate-ai', NAMES)).status).toBe(200);
});
