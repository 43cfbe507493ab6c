import { Data } from './data.ts';
import { seedOfTest } from './seed-of-test.ts';

/** What Vitest tells of a test. */
interface VitestTask {
  readonly fullTestName: string;
  readonly file: { readonly name: string };
}

/** Fixtures for Vitest: `const test = base.extend(dataFixture)`; each test has `data`. */
export const dataFixture = {
  data: async ({ task }: { readonly task: VitestTask }, use: (data: Data) => Promise<void>): Promise<void> => {
    const { fullTestName } = task;
    // Tests that share a seed because nobody told their names would share their rows.
    if (typeof fullTestName !== 'string')
      throw new Error('this Vitest does not tell the full names of tests: use a newer one');
    await use(new Data(seedOfTest([task.file.name, fullTestName])));
  },
};
