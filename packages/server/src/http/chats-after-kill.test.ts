import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { all, type ChatBody, Talk } from '../testing/chats.ts';
import { Client } from '../testing/client.ts';
import { killableServers } from '../testing/killable-servers.ts';
import { type ScriptedModel, startScriptedModel } from '../testing/scripted-model.ts';
import { tries } from '../testing/tries.ts';
import { until } from '../testing/until.ts';

const KEY = 'dm_test_key_of_chats_after_kill';
const ROUNDS = tries(1, 50);
/** At a time. */
const CHATS = tries(3, 4);
const ENDED = ['done', 'failed', 'stopped', 'lost'];

const servers = killableServers();
let model: ScriptedModel;
beforeAll(async () => {
  model = await startScriptedModel();
});
afterAll(() => model?.close());

it('a turn whose server is killed ends once, in a state that says so, with a result or none for each call', async () => {
  let server = await servers.start('chat-server-process.ts', KEY, model.url, '1');
  // Each turn makes things, looks at them and goes on for a while: wherever it is cut, it is in the middle of something.
  model.follow(async (request) => {
    const made = request.messages.filter(({ role }) => role === 'assistant').length;
    if (made >= 8 || request.body.includes('go on')) return { text: 'done' };
    const fields = [{ name: 'id', type: 'sequence' }];
    return {
      text: ['I make', ' one.'],
      calls: [
        { name: 'create_template', input: { name: `made ${made}`, fields } },
        { name: 'list_templates', input: { limit: 1 } },
      ],
    };
  });
  const seen = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round++) {
    const client = new Client(server.url, KEY);
    const talks = await Promise.all(Array.from({ length: CHATS }, () => Talk.begin(client, KEY)));
    const said = talks.map((talk) => talk.say('make some').catch(() => []));
    await until(async () => (await talks[0]?.get())?.turn !== null);
    // Anywhere in what follows: the moments differ with each round.
    await pause((300 + round * 97) % 1500);
    await servers.end('SIGKILL');
    await Promise.all(said);
    await sql`UPDATE chat_turn SET lease_until = lease_until - interval '1 minute' WHERE lease_until IS NOT NULL`.execute(
      servers.store,
    );
    server = await servers.start('chat-server-process.ts', KEY, model.url, '1');
    const after = new Client(server.url, KEY);
    for (const { id } of talks) {
      const talk = new Talk(after, KEY, id);
      let body: ChatBody | undefined;
      await until(async () => {
        body = await talk.get();
        return body.turn === null || ENDED.includes(body.turn.state);
      });
      const events = body?.turn === null ? [] : await talk.follow();
      const ends = all(events, 'done');
      if (body?.turn !== null) {
        expect(ends).toEqual([{ state: body?.turn?.state }]);
        expect(events.at(-1)?.type).toBe('done');
        expect(events.map(({ id: seq }) => seq)).toEqual(events.map((_, index) => index + 1));
        if (body?.turn?.state === 'lost') expect(all(events, 'error')).toMatchObject([{ code: 'server_lost' }]);
        const results = all(events, 'result').map((result) => result.id);
        expect(new Set(results).size).toBe(results.length);
      }
      const state = body?.turn?.state ?? 'none';
      seen.set(state, (seen.get(state) ?? 0) + 1);
      // It goes on where it was, and the model is told what is not known.
      const again = await talk.say('go on');
      expect(again.at(-1)?.data).toEqual({ state: 'done' });
    }
  }
  expect([...seen.keys()].every((state) => ['lost', 'done', 'none'].includes(state))).toBe(true);
  expect(seen.get('lost') ?? 0).toBeGreaterThan(0);
});
