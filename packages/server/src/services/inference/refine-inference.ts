import { createHash } from 'node:crypto';
import { type Candidate, CONFIDENT, type Inference, type InferredField } from '@datamaker/engine/inference';
import type { AskModel } from '../../model/open-model.ts';
import { modelQuestion } from './model-question.ts';
import { readModelAnswer } from './read-model-answer.ts';

/** What a model answered, kept: the same question is not asked again, and has the same answer tomorrow. */
export interface ModelAnswers {
  find(question: Buffer): Promise<string | undefined>;
  /** Keeps an answer and gives the one that is kept: the first. @param scope whose it is, for the day on which that goes */
  keep(question: Buffer, answer: string, scope: string): Promise<string>;
}

export interface RefineContext {
  /** Whose answers these are: a workspace, say. Answers of one are not used for another. */
  readonly scope: string;
  readonly domainHint?: string | undefined;
}

const MOST_AT_ONCE = 4;
const FAILURES_BEFORE_REST = 3;
const REST_MS = 30_000;

/**
 * Asks a model about the fields that names alone leave in doubt. What it says becomes types of the catalogue; where it
 * does not answer, in time or at all, the offline guess stands and its reason says so.
 */
export class InferenceRefiner {
  readonly #ask: AskModel;
  readonly #answers: ModelAnswers;
  readonly #now: () => number;
  readonly #underWay = new Map<string, Promise<string>>();
  #failures = 0;
  #restsUntil = 0;

  /** @param now milliseconds since the epoch */
  constructor(ask: AskModel, answers: ModelAnswers, now: () => number = Date.now) {
    this.#ask = ask;
    this.#answers = answers;
    this.#now = now;
  }

  /** @throws what the kept answers throw; never what the model does */
  async refine(inference: Inference, { scope, domainHint }: RefineContext): Promise<Inference> {
    const doubtful = inference.fields.filter(({ confidence }) => confidence < CONFIDENT).map(({ name }) => name);
    if (doubtful.length === 0) return inference;
    const question = modelQuestion(inference, doubtful, domainHint);
    const key = createHash('sha256')
      .update(JSON.stringify([scope, question]))
      .digest();
    const asked = new Set(doubtful);
    const read = (text: string) => readModelAnswer(text, asked, inference.locale);
    const kept = await this.#answers.find(key);
    if (kept !== undefined) return answered(inference, await read(kept));
    const given = await this.#askOnce(key.toString('hex'), () => this.#ask(question));
    if ('failure' in given) return unanswered(inference, asked, given.failure);
    const candidates = await read(given.text);
    // An answer without use is not kept: another time there may be a better one.
    if (candidates.size === 0) return unanswered(inference, asked, 'the answer of the model was of no use');
    const first = await this.#answers.keep(key, given.text, scope);
    return answered(inference, first === given.text ? candidates : await read(first));
  }

  async #askOnce(key: string, ask: () => Promise<string>): Promise<{ text: string } | { failure: string }> {
    let answer = this.#underWay.get(key);
    if (answer === undefined) {
      if (this.#now() < this.#restsUntil) return { failure: 'the model rests after failures' };
      if (this.#underWay.size >= MOST_AT_ONCE) return { failure: 'the model is busy' };
      answer = ask().finally(() => this.#underWay.delete(key));
      this.#underWay.set(key, answer);
      answer.then(
        () => this.#note(true),
        () => this.#note(false),
      );
    }
    try {
      return { text: await answer };
    } catch (error) {
      return { failure: (error as Error).message };
    }
  }

  /** A model that fails again and again is left alone for a while, so that nobody waits for it. */
  #note(answered: boolean): void {
    this.#failures = answered ? 0 : this.#failures + 1;
    if (this.#failures >= FAILURES_BEFORE_REST) {
      this.#failures = 0;
      this.#restsUntil = this.#now() + REST_MS;
    }
  }
}

const answered = (inference: Inference, candidates: ReadonlyMap<string, Candidate>): Inference => ({
  ...inference,
  fields: inference.fields.map((field) => withCandidate(field, candidates.get(field.name))),
});

function withCandidate(field: InferredField, candidate: Candidate | undefined): InferredField {
  if (candidate === undefined) return field;
  const { type, options, confidence, reason, source } = field;
  const before: Candidate = { type, options, confidence, reason, source };
  return { ...field, ...candidate, alternatives: [before, ...field.alternatives] };
}

const unanswered = (inference: Inference, doubtful: ReadonlySet<string>, failure: string): Inference => ({
  ...inference,
  fields: inference.fields.map((field) =>
    doubtful.has(field.name)
      ? { ...field, reason: `${field.reason}; ${failure}, so this is the offline guess` }
      : field,
  ),
});
