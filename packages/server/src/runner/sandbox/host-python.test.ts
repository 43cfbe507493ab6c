import { realpathSync } from 'node:fs';
import { expect, it } from 'vitest';
import { findPython } from './host-python.ts';
import { openSandbox } from './open-sandbox.ts';
import { SETTINGS } from './testing/open-test-sandbox.ts';
import { script } from './testing/script.ts';

it('finds the interpreter that a name stands for, and what it needs outside of /usr', async () => {
  const python = await findPython();
  expect(realpathSync(python.executable)).toBe(python.executable);
  expect(python.version).toMatch(/^3\.\d+\.\d+$/);
  expect(python.folders.every((folder) => !folder.startsWith('/usr'))).toBe(true);
  const inFolder = python.folders.some((folder) => python.executable.startsWith(`${folder}/`));
  expect(inFolder || python.executable.startsWith('/usr/')).toBe(true);
});

it.each([
  ['no-such-python', /is not there/],
  [script('exit 1'), /does not run/],
  [script('echo hello'), /does not run/],
  [script(`echo '{"executable":"/usr/bin/python3","version":"3.8.10","usable":false,"folders":[]}'`), /is 3\.8\.10/],
])('says that %s cannot be used', async (python, message) => {
  await expect(openSandbox({ ...SETTINGS, python })).rejects.toMatchObject({
    code: 'sandbox_python_missing',
    message: expect.stringMatching(message),
    hint: expect.stringContaining('python3'),
  });
});
