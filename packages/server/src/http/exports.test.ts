import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client, ListBody } from '../testing/client.ts';
import { join, type Somebody } from '../testing/people.ts';
import { A_STORE, startOn, type TestServer } from '../testing/servers.ts';
import { until } from '../testing/until.ts';

interface ActBody {
  readonly action: string;
  readonly personId: string;
  readonly credentialId: string;
  readonly subjectId: string | null;
  readonly projectId: string;
  readonly requestId: string;
  readonly details: Readonly<Record<string, unknown>>;
}

const FIELDS = [
  { name: 'id', type: 'sequence' },
  { name: 'mail', type: 'email' },
  { name: 'note', type: 'words', options: { sensitive: true } },
];

describe.each(A_STORE)('what leaves with sensitive fields (%s)', (kind) => {
  let server: TestServer;
  let owner: Client;
  let member: Somebody;
  let client: Client;
  let template: string;
  beforeAll(async () => {
    server = await startOn(kind);
    owner = server.client;
    member = await join(owner, 'member');
    client = member.client;
    template = await client.create(FIELDS);
  });
  afterAll(() => server?.close());

  /** What was noted of a thing, the oldest first. */
  const acts = async (subject: string): Promise<ActBody[]> => {
    const { body } = await owner.get<ListBody<ActBody>>(`/audit?limit=100&subject=${subject}`);
    return body.items.filter(({ action }) => /^(export|rows)\./.test(action)).toReversed();
  };
  /** The same, when there are so many: an end is noted after the client has all. */
  const actsWhen = async (count: number, subject: string): Promise<ActBody[]> => {
    await until(async () => (await acts(subject)).length >= count);
    return acts(subject);
  };
  const twoOf = async (subject: string): Promise<[ActBody, ActBody]> => {
    const found = await actsWhen(2, subject);
    expect(found.map(({ action }) => action)).toEqual(['export.begun', 'export.ended']);
    expect(found[1]?.details['export']).toBe(found[0]?.details['export']);
    return found as [ActBody, ActBody];
  };
  const idOfSet = async (name: string): Promise<string> => {
    const [saved] = (await owner.get<ListBody<ActBody>>('/audit?action=set.saved')).body.items.filter(
      ({ details }) => details['name'] === name,
    );
    return saved?.subjectId ?? '';
  };

  it('is noted when rows are generated: who, what, how many, on whose authority; no value', async () => {
    const answer = await client.post(`/templates/${template}/generate`, { count: 50, format: 'csv', seed: 's' });
    const [begun, ended] = await twoOf(template);
    const who = {
      personId: member.id,
      credentialId: member.keyId,
      subjectId: template,
      requestId: answer.headers.get('request-id'),
    };
    expect(begun).toMatchObject(who);
    expect(begun.details).toEqual({
      export: expect.stringMatching(/^exp_/),
      of: 'template',
      version: 1,
      fields: ['mail', 'note'],
      rows: 50,
      format: 'csv',
      role: 'member',
      connection: null,
    });
    expect(ended).toMatchObject({
      ...who,
      details: { of: 'template', fields: ['mail', 'note'], rows: 50, complete: true },
    });
    const mail = answer.text.split('\n')[1]?.split(',')[1] ?? '';
    expect(mail).toContain('@');
    expect(JSON.stringify([begun, ended])).not.toContain(mail);
    const found = (await owner.get<ListBody<ActBody>>('/audit?action=export.begun')).body.items;
    expect(found.map(({ subjectId }) => subjectId)).toContain(template);
  });

  it('is not noted without sensitive fields, of previews, or of what is refused', async () => {
    const plain = await client.create([
      { name: 'id', type: 'sequence' },
      { name: 'mail', type: 'email', options: { sensitive: false } },
    ]);
    expect((await client.post(`/templates/${plain}/generate`, { count: 5 })).status).toBe(200);
    expect(await acts(plain)).toEqual([]);
    const other = await client.create(FIELDS);
    expect((await client.post(`/templates/${other}/preview`, {})).status).toBe(200);
    expect((await client.post(`/templates/${other}/profile`, { count: 10 })).status).toBe(200);
    expect((await client.post(`/templates/${other}/generate`, { count: -1 })).status).toBe(422);
    expect(await acts(other)).toEqual([]);
    // The same request again lets the same rows leave again.
    for (let i = 0; i < 2; i++) {
      await client.post(`/templates/${other}/generate`, { count: 5 }, { 'idempotency-key': 'again' });
    }
    // The end of the first is noted after its answer has ended, perhaps when the second has begun.
    expect((await actsWhen(4, other)).map(({ action }) => action).toSorted()).toEqual([
      'export.begun',
      'export.begun',
      'export.ended',
      'export.ended',
    ]);
  });

  it('is noted though the client goes away, with what it got', async () => {
    const id = await client.create(FIELDS);
    const asked = request(`${server.client.url}/templates/${id}/generate`, {
      method: 'POST',
      headers: { 'x-api-key': member.key, 'content-type': 'application/json' },
    });
    asked.on('error', () => undefined).end(JSON.stringify({ count: 2_000_000, format: 'csv' }));
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    answer.on('error', () => undefined);
    await once(answer, 'readable');
    expect((await acts(id)).map(({ action }) => action)).toEqual(['export.begun']);
    asked.destroy();
    const [begun, ended] = await twoOf(id);
    expect(begun.details['rows']).toBe(2_000_000);
    expect(ended.details).toMatchObject({ complete: false });
    expect(ended.details['rows']).toBeGreaterThan(0);
    expect(ended.details['rows']).toBeLessThan(2_000_000);
  });

  it('is noted when sets are loaded: what their template marks, or what their columns are called', async () => {
    expect((await client.post('/sets', { name: 'recipe', template_id: template, count: 30 })).status).toBe(201);
    expect((await client.post('/sets', { name: 'given', rows: [{ e_mail: 'a@b.example', size: 1 }] })).status).toBe(
      201,
    );
    expect((await client.post('/sets', { name: 'plain', rows: [{ size: 1 }] })).status).toBe(201);
    await client.get('/sets/recipe?offset=10&limit=5');
    const [begun, ended] = await twoOf(await idOfSet('recipe'));
    expect(begun.details).toMatchObject({ of: 'set', version: 1, fields: ['mail', 'note'], rows: 5, format: 'json' });
    expect(ended.details).toMatchObject({ rows: 5, complete: true });
    for (const format of ['csv', 'ndjson', 'xlsx']) await client.get(`/sets/recipe?format=${format}`);
    const ends = (await actsWhen(8, await idOfSet('recipe')))
      .filter(({ action }) => action === 'export.ended')
      .slice(1);
    expect(ends.map(({ details }) => details['rows'])).toEqual([30, 30, 30]);
    for (const format of ['json', 'csv']) await client.get(`/sets/given?format=${format}`);
    const given = await actsWhen(4, await idOfSet('given'));
    expect(given.map(({ details }) => [details['fields'], details['rows']])).toEqual(
      Array.from({ length: 4 }, () => [['e_mail'], 1]),
    );
    await client.get('/sets/plain');
    expect(await acts(await idOfSet('plain'))).toEqual([]);
  });

  it('is noted when versions of a set are compared, with what either has', async () => {
    await client.post('/sets', { name: 'compared', rows: [{ e_mail: 'a@b.example', id: 1 }] });
    await client.post('/sets', { name: 'compared', rows: [{ id: 1 }, { id: 2 }] });
    expect((await client.get('/sets/compared/diff?from=1&to=2')).status).toBe(200);
    const [begun, ended] = await twoOf(await idOfSet('compared'));
    expect(begun.details).toMatchObject({ of: 'set', version: 2, fields: ['e_mail'], rows: 3, format: 'json' });
    expect(ended.details).toMatchObject({ rows: 3, complete: true });
    await client.get('/sets/compared/diff?from=2&to=2');
    expect(await acts(await idOfSet('compared'))).toHaveLength(2);
  });

  it('is noted when rows are looked at that pick from sets: all sensitive fields, since others are made from these', async () => {
    await client.post('/sets', { name: 'real', rows: [{ who: 'Ann Real' }] });
    const sample = { name: 'who', type: 'sample', options: { from: 'real', column: 'who', sensitive: true } };
    const picking = await client.create([sample, { name: 'n', type: 'sequence' }]);
    const shown = await client.post(`/templates/${picking}/preview`, {});
    expect(shown.text).toContain('Ann Real');
    const [begun, ended] = await twoOf(picking);
    expect(begun.details).toMatchObject({ of: 'template', version: 1, fields: ['who'], rows: 3, format: 'json' });
    expect(ended.details).toMatchObject({ rows: 3, complete: true });
    expect(JSON.stringify([begun, ended])).not.toContain('Ann');
    expect((await client.post(`/templates/${picking}/profile`, { count: 7 })).text).toContain('Ann Real');
    const all = await actsWhen(4, picking);
    expect(all.slice(2).map(({ action, details }) => [action, details['fields'], details['rows']])).toEqual([
      ['export.begun', ['who'], 7],
      ['export.ended', ['who'], 7],
    ]);
  });

  it('is noted when files are downloaded, whatever is in them', async () => {
    const { body } = await client.upload<{ id: string }>('lookups/people.csv', 'mail\na@b.example\n');
    const [uploaded] = (await owner.get<ListBody<ActBody>>('/audit?action=file.uploaded')).body.items;
    const id = uploaded?.subjectId ?? '';
    expect(body).toBeTruthy();
    const whole = await client.get('/workspace/files/lookups/people.csv');
    const [begun, ended] = await twoOf(id);
    expect(begun.details).toMatchObject({
      of: 'file',
      name: 'lookups/people.csv',
      bytes: 17,
      format: 'text',
      role: 'member',
    });
    expect(ended.details).toMatchObject({ bytes: 17, complete: true });
    await client.get('/workspace/files/lookups/people.csv', { range: 'bytes=5-7' });
    expect((await actsWhen(4, id)).slice(2).map(({ details }) => [details['first_byte'], details['bytes']])).toEqual([
      [5, 3],
      [undefined, 3],
    ]);
    // Nothing leaves.
    const etag = whole.headers.get('etag') ?? '';
    await client.get('/workspace/files/lookups/people.csv', { 'if-none-match': etag });
    await client.get('/workspace/files/lookups/people.csv', { range: 'bytes=900-' });
    expect(await acts(id)).toHaveLength(4);
  });

  it('is noted when rows are masked: how, and no value', async () => {
    const rows = [{ id: 1, mail: 'ann@secret.example', note: 'x' }];
    const strategies = { mail: 'hash', note: 'redact' };
    const answer = await client.post('/mask', { rows, strategies, templateId: template, keyName: 'k' });
    expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 200 });
    const [act] = (await owner.get<ListBody<ActBody>>('/audit?action=rows.masked')).body.items;
    expect(act).toMatchObject({
      personId: member.id,
      subjectId: template,
      details: { rows: 1, role: 'member', tokens: 0 },
    });
    expect(act?.details['fields']).toEqual([
      { field: 'mail', strategy: 'hash' },
      { field: 'note', strategy: 'redact' },
    ]);
    expect(JSON.stringify(act)).not.toContain('ann');
  });
});
