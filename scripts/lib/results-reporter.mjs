import { writeFileSync } from 'node:fs';

/**
 * A reporter of Vitest that writes what became of a run into the file `$DATAMAKER_TEST_RESULTS`, as JSON: `passed`, `failed`, `skipped` in tests,
 * `unhandled`, errors that belong to no test, and `failures`, of each failed test or file `{ file, name, message }`.
 */
export default class ResultsReporter {
  onTestRunEnd(modules, unhandled) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state) => tests.filter((test) => test.result().state === state).length;
    const results = {
      passed: count('passed'),
      failed: count('failed'),
      skipped: count('skipped'),
      unhandled: unhandled.length,
      failures: modules.filter((module) => module.state() === 'failed').flatMap(failuresOf),
    };
    writeFileSync(process.env.DATAMAKER_TEST_RESULTS, JSON.stringify(results));
  }
}

function failuresOf(module) {
  const failed = [...module.children.allTests('failed')];
  const entry = (name, errors) => ({
    file: module.moduleId,
    name,
    message: errors[0]?.message?.split('\n', 1)[0] ?? '',
  });
  // A file that cannot be read, or a hook that fails, fails without a test.
  if (failed.length === 0) return [entry('', [...module.errors(), ...suiteErrors(module)])];
  return failed.map((test) => entry(test.fullName, test.result().errors ?? []));
}

const suiteErrors = (module) => [...module.children.allSuites()].flatMap((suite) => suite.errors());
