import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { execute, shell } from '../testing/run-datamaker.ts';
import { COMMANDS } from './index.ts';

/** What bash offers behind some words; the last of them is being typed. */
async function offered(script: string, ...words: string[]): Promise<string[]> {
  const list = words.map((word) => `'${word}'`).join(' ');
  const line = `COMP_WORDS=(datamaker ${list}); COMP_CWORD=${words.length}; _datamaker; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = await execute(['bash', '--norc', '-c', `${script}\n${line}`], {});
  expect(stderr).toBe('');
  return stdout
    .toString()
    .split('\n')
    .filter((word) => word !== '');
}

describe('datamaker completion', () => {
  it('completes commands, what they do and their options in bash', async () => {
    const { stdout, code } = await shell('datamaker completion bash');
    const script = stdout.toString();
    expect(code).toBe(0);
    expect(await offered(script, '')).toEqual([...Object.keys(COMMANDS), 'help', '--help', '--version']);
    expect(await offered(script, 'ge')).toEqual(['generate']);
    expect(await offered(script, 'sets', '')).toEqual(['list', 'save', 'load', 'diff', 'verify']);
    expect(await offered(script, 'sets', 'l')).toEqual(['list', 'load']);
    expect(await offered(script, 'generate', '--see')).toEqual(['--seed']);
    expect(await offered(script, 'help', 'und')).toEqual(['undo']);
    // Files are for bash itself.
    expect(await offered(script, 'generate', 'cust')).toEqual([]);
    expect((await execute(['bash', '--norc', '-c', `${script}\ncomplete -p datamaker`], {})).stdout.toString()).toBe(
      'complete -o default -F _datamaker datamaker\n',
    );
  });

  it.each(['zsh', 'fish'])('writes what %s can read', async (name) => {
    const { stdout, code } = await shell(`datamaker completion ${name}`);
    expect(code).toBe(0);
    const script = stdout.toString();
    for (const command of Object.keys(COMMANDS)) expect(script).toContain(command);
    const found = spawnSync(name, ['-n', '/dev/stdin'], { input: script, encoding: 'utf8' });
    // Where there is no such shell, nobody can tell.
    if (found.error === undefined) expect(found).toMatchObject({ status: 0, stderr: '' });
  });

  it('names the shells it knows', async () => {
    expect(await shell('datamaker completion tcsh')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('bash, zsh, fish'),
    });
  });
});
