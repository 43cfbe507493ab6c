import { Data } from './data.ts';
import { seedOfTest } from './seed-of-test.ts';

/** What Playwright tells of a test. */
interface PlaywrightTest {
  /** The file, what it is described by, and its title. */
  readonly titlePath: readonly string[];
}

/** What tests have by `dataFixture`; Playwright wants to be told: `base.extend<DataFixture>(dataFixture)`. */
export interface DataFixture {
  readonly data: Data;
}

/** Fixtures for Playwright: `const test = base.extend(dataFixture)`; each test has `data`, the same in every browser. */
export const dataFixture = {
  // Playwright reads from the source which fixtures one asks for.
  // biome-ignore lint/correctness/noEmptyPattern: none is asked for, and it has to be said so
  data: async ({}: object, use: (data: Data) => Promise<void>, { titlePath }: PlaywrightTest): Promise<void> =>
    use(new Data(seedOfTest(titlePath))),
};
