/**
 * What Vitest wrote of a run.
 * @param json as its reporter `json` writes it; undefined: it did not
 * @returns `passed`, `failed`, `skipped` in tests, and `failures`: of each failed test or file `{ file, name, message }`
 */
export function readResults(json) {
  if (json === undefined) return undefined;
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(json);
  const failures = testResults
    .filter(({ status }) => status === 'failed')
    .flatMap(({ name: file, message, assertionResults }) => {
      const tests = assertionResults.filter(({ status }) => status === 'failed');
      // A file that cannot be read, or a hook that fails, fails without a test.
      if (tests.length === 0) return [{ file, name: '', message: firstLine(message) }];
      return tests.map((test) => ({ file, name: test.fullName, message: firstLine(test.failureMessages[0]) }));
    });
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests, failures };
}

/** One line with how many tests there were. */
export function countsOf(results) {
  if (results === undefined) return 'No test was run.';
  const { passed, failed, skipped } = results;
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

const firstLine = (text = '') => text.split('\n', 1)[0];
