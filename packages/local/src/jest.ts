import { basename } from 'node:path';
import { Data } from './data.ts';
import { seedOfTest } from './seed-of-test.ts';

/** What Jest puts into the global object of tests. */
interface JestGlobals {
  readonly beforeEach?: (work: () => void) => void;
  readonly expect?: {
    getState(): { readonly currentTestName?: string | undefined; readonly testPath?: string | undefined };
  };
}

/**
 * Data for the tests of a file, for Jest: `const data = useData()` outside of them. It begins anew before each test.
 * @throws Error where there is no Jest
 */
export function useData(): Data {
  const { beforeEach, expect } = globalThis as JestGlobals;
  if (beforeEach === undefined || expect === undefined) {
    throw new Error('useData() is for tests of Jest: `new Data(seed)` is for everywhere else');
  }
  const data = new Data('');
  beforeEach(() => {
    const { currentTestName = '', testPath = '' } = expect.getState();
    data.restart(seedOfTest([basename(testPath), currentTestName]));
  });
  return data;
}
