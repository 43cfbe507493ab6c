import { CONFIDENT } from '@datamaker/engine/infer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../testing/client.ts';
import type { ContractBody, GenerationBody } from '../../testing/datagen-client.ts';
import { mintKey } from '../../testing/datagen-client.ts';
import { STORES, startOn, type TestServer } from '../../testing/servers.ts';

/** The examples of the page that describes this API, as they are printed there. */
const INFER = {
  field_names: ['customer_id', 'email', 'risk_tier', 'last_login_at'],
  locale: 'en_AE',
  domain_hint: 'UAE retail loyalty program',
};
const MINIMAL = { ...INFER, count: 15, output_format: 'json' };
const LOCKED = {
  ...MINIMAL,
  require_validate: true,
  strict_contract: true,
  expected_contract_hash: 'PASTE_contract_hash_FROM_infer-schema',
};
const EXPLICIT = {
  count: 50,
  locale: 'en_US',
  output_format: 'csv',
  schema_fields: [
    { name: 'order_id', type: 'uuid' },
    { name: 'line_total', type: 'amount' },
    { name: 'customer_email', type: 'email' },
  ],
};

describe.each(STORES)('with the %s store', (kind) => {
  let server: TestServer;
  let free: Client;
  beforeAll(async () => {
    server = await startOn(kind);
    free = server.client.as(await mintKey(server.client));
  });
  afterAll(() => server?.close());

  it('names become a contract, and rows of that contract', async () => {
    const inferred = await free.post<ContractBody>('/api/v1/infer-schema', INFER);
    expect(inferred.status).toBe(200);
    expect(Object.keys(inferred.body)).toEqual(['proposed_schema', 'contract_hash', 'contract_id', 'locale']);
    expect(inferred.body.proposed_schema.map(({ name }) => name)).toEqual(INFER.field_names);
    expect(inferred.body.contract_hash).toMatch(/^[0-9a-f]{64}$/);
    expect(inferred.body.contract_id).toBe(`ctr_${inferred.body.contract_hash.slice(0, 12)}`);
    // Strictly, as far as no column had to be guessed.
    const sure = inferred.body.proposed_schema.every(({ confidence }) => confidence >= CONFIDENT);
    const locked = { ...LOCKED, strict_contract: sure, expected_contract_hash: inferred.body.contract_hash };
    const rows = await free.post<GenerationBody>('/api/v1/generate-ai', locked);
    expect(rows.status).toBe(200);
    expect(rows.body.records).toHaveLength(15);
    expect(Object.keys(rows.body.records[0] ?? {})).toEqual(INFER.field_names);
    expect(rows.body.inferred_contract_hash).toBe(inferred.body.contract_hash);
    // The hash as printed is none: it is to be replaced.
    expect((await free.post('/api/v1/generate-ai', LOCKED)).status).toBe(422);
  });

  it('names alone become rows', async () => {
    const { status, body, headers } = await free.post<GenerationBody>('/api/v1/generate-ai', MINIMAL);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      count: 15,
      locale: 'en_AE',
      tier: 'free',
      usage: { tier: 'free', generation_mode: 'ai', calls_today: 2, calls_remaining: 18, records_today: 30 },
      output_format: 'json',
      generation_mode: 'ai',
    });
    expect(headers.get('x-generation-id')).toBe(body.generation_id);
    expect(headers.get('x-generation-mode')).toBe('ai');
    expect(headers.get('x-datamaker-seed')).toBe(body.seed);
  });

  it('declared types become CSV', async () => {
    const { status, text, headers } = await free.post('/api/v1/generate', EXPLICIT);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const [header, ...lines] = text.trimEnd().split('\n');
    expect(header).toBe('order_id,line_total,customer_email');
    expect(lines).toHaveLength(50);
    for (const line of lines) expect(line).toMatch(/^[0-9a-f-]{36},\d+(\.\d+)?,[^@,]+@example\.(com|net|org)$/);
  });

  it('the steps of the page work in their order, first without a key', async () => {
    const keyless = server.client.as(undefined);
    expect((await keyless.get('/api/v1/capabilities')).status).toBe(200);
    const validated = await keyless.post('/api/v1/validate', EXPLICIT);
    expect(validated.body).toEqual({ valid: true, field_count: 3, estimated_records: 50 });
    expect((await keyless.post('/api/v1/generate', EXPLICIT)).status).toBe(402);
  });
});
