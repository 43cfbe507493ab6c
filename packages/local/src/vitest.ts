import { Data } from './data.ts';
import { seedOfTest } from './seed-of-test.ts';

/** What Vitest tells of a test. */
interface VitestTask {
  readonly fullTestName: string;
  readonly file: { readonly name: string };
}

/** Fixtures for Vitest: `const test = base.extend(dataFixture)`; each test has `data`. */
export const dataFixture = {
  data: async ({ task }: { readonly task: VitestTask }, use: (data: Data) => Promise<void>): Promise<void> =>
    use(new Data(seedOfTest([task.file.name, task.fullTestName]))),
};
