/** Which test runs the blocks of a page, and in which languages. What it does not run, a comment before it gives the reason. */
export const EXECUTED: Readonly<Record<string, { readonly by: string; readonly languages: readonly string[] }>> = {
  'README.md': { by: 'test/e2e/npm-start.ts', languages: ['console'] },
  ...all(
    'packages/cli/src/documentation.test.ts',
    ['console'],
    [
      'back-up-and-restore',
      'import-a-schema',
      'infer-from-names',
      'make-wrong-rows',
      'pick-from-your-own-rows',
      'profile-the-output',
    ],
  ),
  ...all('packages/cli/src/masking/how-to.test.ts', ['console', 'sql'], ['mask-a-database']),
  ...all(
    'packages/cli/src/seeding/how-to.test.ts',
    ['console', 'sql'],
    ['migrate-from-snaplet', 'seed-a-database', 'seed-mysql'],
  ),
  ...all('scripts/docs/leaked-keys.test.ts', ['js'], ['find-leaked-keys']),
  ...all(
    'test/docs/alone.test.ts',
    ['console'],
    ['keys-of-secrets', 'mask-rows', 'migrate-from-faker', 'migrate-from-mockaroo', 'repeat-and-split'],
  ),
  ...all(
    'test/docs/on-a-server.test.ts',
    ['console'],
    ['chat', 'load-into-a-database', 'push-to-a-connection', 'scenarios', 'templates-from-your-tables'],
  ),
  ...all('test/docs/on-a-server.test.ts', ['sh'], ['mcp']),
  ...all('test/docs/streams.test.ts', ['console'], ['streams']),
  // What Jest, Playwright and pytest run there is run with FULL=1; test/local/how-to.test.ts runs the rest each time.
  ...all('test/packaging/local-in-runners.ts', ['ts', 'js', 'python'], ['test-fixtures']),
  ...all('test/docs/python.test.ts', ['python'], ['fill-tables-from-python']),
  'docs/tutorial/first-rows.md': { by: 'test/docs/tutorial.test.ts', languages: ['console'] },
};

function all(by: string, languages: readonly string[], pages: readonly string[]) {
  return Object.fromEntries(pages.map((page) => [`docs/how-to/${page}.md`, { by, languages }]));
}
