import { describe, expect, it } from 'vitest';
import { countsOf, readResults } from './test-results.mjs';

const counts = { numPassedTests: 7, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };
const test = (fullName: string, status: string, ...failureMessages: string[]) => ({
  fullName,
  status,
  failureMessages,
});

describe('results of tests', () => {
  it('name each test that failed, and each file that failed without one', () => {
    const results = readResults(
      JSON.stringify({
        ...counts,
        testResults: [
          { name: 'a.test.ts', status: 'passed', message: '', assertionResults: [test('a one', 'passed')] },
          {
            name: 'b.test.ts',
            status: 'failed',
            message: '',
            assertionResults: [test('b one', 'passed'), test('b two', 'failed', 'Error: no\n  at b.ts:1')],
          },
          { name: 'c.test.ts', status: 'failed', message: 'SyntaxError: what\nwhere', assertionResults: [] },
        ],
      }),
    );
    expect(results?.failures).toEqual([
      { file: 'b.test.ts', name: 'b two', message: 'Error: no' },
      { file: 'c.test.ts', name: '', message: 'SyntaxError: what' },
    ]);
    expect(countsOf(results)).toBe('7 passed, 1 failed, 3 skipped');
  });

  it('are not there when nothing was run', () => {
    expect(countsOf(readResults(undefined))).toBe('No test was run.');
  });
});
