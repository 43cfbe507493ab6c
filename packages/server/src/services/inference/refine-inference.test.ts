import type { Inference, InferredField } from '@datamaker/engine/infer';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { readModelSettings } from '../../model/model-settings.ts';
import { openModel } from '../../model/open-model.ts';
import { type FakeModel, type FakeModelOptions, startFakeModel } from '../../testing/fake-model.ts';
import { InferenceRefiner, type ModelAnswers } from './refine-inference.ts';

const field = (name: string, confidence: number): InferredField => ({
  name,
  type: 'words',
  options: {},
  confidence,
  reason: 'a guess',
  source: 'generic',
  description: '',
  alternatives: [],
});
const inference: Inference = {
  fields: [field('email', 0.95), field('zorp', 0.2), field('quux', 0.3)],
  locale: 'en_US',
  entity: undefined,
  notes: [],
};

const inMemory = (): ModelAnswers & { readonly size: number } => {
  const kept = new Map<string, string>();
  return {
    get size() {
      return kept.size;
    },
    find: async (question) => kept.get(question.toString('hex')),
    keep: async (question, answer) => {
      const key = question.toString('hex');
      if (!kept.has(key)) kept.set(key, answer);
      return kept.get(key) as string;
    },
  };
};

const GOOD = JSON.stringify([
  { name: 'zorp', type: 'enum', options: { values: ['low', 'high'] }, reason: 'a closed set' },
  { name: 'email', type: 'iban' },
]);

describe('refining by a model', () => {
  let fake: FakeModel | undefined;
  const refiner = async (
    answer: FakeModelOptions['answer'],
    answers: ModelAnswers = inMemory(),
    now?: () => number,
  ) => {
    fake = await startFakeModel({ answer });
    const settings = readModelSettings({ DATAMAKER_MODEL_URL: fake.url, DATAMAKER_MODEL_TIMEOUT_MS: '2000' });
    return new InferenceRefiner(openModel(settings as NonNullable<typeof settings>), answers, now);
  };
  afterEach(() => fake?.close());

  it('asks about fields in doubt only, and changes no other', async () => {
    const refined = await (await refiner(() => `Here you are:\n${GOOD}`)).refine(inference, { scope: 'a' });
    expect(refined.fields.map(({ type, source }) => [type, source])).toEqual([
      ['words', 'generic'],
      ['enum', 'model'],
      ['words', 'generic'],
    ]);
    expect(refined.fields[1]).toMatchObject({ options: { values: ['low', 'high'] }, reason: 'a model: a closed set' });
    expect(refined.fields[1]?.alternatives[0]).toMatchObject({ type: 'words', source: 'generic' });
    const [request] = fake?.requests ?? [];
    expect(JSON.parse(JSON.parse(request?.body ?? '').messages[0].content[0].text)).toMatchObject({
      unclear: ['zorp', 'quux'],
      columns: ['email', 'zorp', 'quux'],
    });
  });

  it('does not ask when nothing is in doubt', async () => {
    const sure = { ...inference, fields: [field('email', 0.95)] };
    expect(await (await refiner(() => GOOD)).refine(sure, { scope: 'a' })).toBe(sure);
    expect(fake?.requests).toEqual([]);
  });

  it('asks once for a question, and for each scope apart', async () => {
    const refine = await refiner(() => GOOD);
    const ask = (scope: string) => refine.refine(inference, { scope, domainHint: 'shop' });
    const [first, second] = await Promise.all([ask('a'), ask('a')]);
    expect(second).toEqual(first);
    expect(await ask('a')).toEqual(first);
    expect(fake?.requests).toHaveLength(1);
    await ask('b');
    expect(fake?.requests).toHaveLength(2);
  });

  it('falls back to the offline guess, says so, and keeps nothing', async () => {
    for (const answer of [500, 'I cannot help with that.', '[{"name":"zorp","type":"python"}]'] as const) {
      const answers = inMemory();
      const refined = await (await refiner(() => answer, answers)).refine(inference, { scope: 'a' });
      expect(refined.fields.map(({ source }) => source)).toEqual(['generic', 'generic', 'generic']);
      expect(refined.fields[1]?.reason).toMatch(/model.*so this is the offline guess$/);
      expect(answers.size).toBe(0);
      await fake?.close();
    }
  });

  it('leaves a model that keeps failing alone for a while', async () => {
    let now = 0;
    const refine = await refiner(
      () => 503,
      inMemory(),
      () => now,
    );
    for (let time = 0; time < 5; time++) await refine.refine(inference, { scope: 'a' });
    expect(fake?.requests).toHaveLength(3);
    now = 60_000;
    await refine.refine(inference, { scope: 'a' });
    expect(fake?.requests).toHaveLength(4);
  });

  it('drops options that the engine refuses, and answers that are no types of ours', async () => {
    const said = JSON.stringify([
      { name: 'zorp', type: 'number', options: { min: 9, max: 1 }, reason: '\u001b[31m<b>' },
      { name: 'quux', type: '__proto__' },
    ]);
    const refined = await (await refiner(() => said)).refine(inference, { scope: 'a' });
    expect(refined.fields[1]).toMatchObject({ type: 'number', options: {} });
    expect(refined.fields[1]?.reason).not.toContain('\u001b');
    expect(refined.fields[2]?.type).toBe('words');
  });

  it('survives any answer', async () => {
    let said = '';
    const refine = await refiner(() => said, { find: async () => undefined, keep: async (_, answer) => answer });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ name: fc.constantFrom('zorp', 'quux', 'x'), type: fc.string(), options: fc.jsonValue() })),
        fc.string(),
        async (list, around) => {
          said = `${around}${JSON.stringify(list)}`;
          const { fields } = await refine.refine(inference, { scope: 'a' });
          expect(fields.map(({ name }) => name)).toEqual(['email', 'zorp', 'quux']);
        },
      ),
      { numRuns: 50 },
    );
  });
});
