import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { afterAll } from 'vitest';

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** A folder that everybody may enter, for as long as the tests of the file run. */
export function testFolder(): string {
  const folder = mkdtempSync('/tmp/datamaker-sandbox-test-');
  chmodSync(folder, 0o755);
  made.push(folder);
  return folder;
}
