import type { Store } from './open-store.ts';

/** Answers of a model, by the hash of what was asked. The first one kept stays: a contract rests on it. */
export const modelAnswers = (store: Store) => ({
  async find(question: Buffer): Promise<string | undefined> {
    const row = await store
      .selectFrom('model_answer')
      .where('question', '=', question)
      .select('answer')
      .executeTakeFirst();
    return row?.answer;
  },
  async keep(question: Buffer, answer: string, scope: string): Promise<string> {
    const row = await store
      .insertInto('model_answer')
      .values({ question, answer, scope })
      .onConflict((conflict) => conflict.column('question').doUpdateSet({ question }))
      .returning('answer')
      .executeTakeFirstOrThrow();
    return row.answer;
  },
});
