import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testFolder } from './test-folder.ts';

/** A program of one line, in a folder of its own. */
export function script(line: string): string {
  const folder = testFolder();
  const path = join(folder, 'script');
  writeFileSync(path, `#!/bin/sh\n${line}\n`);
  chmodSync(path, 0o755);
  return path;
}
