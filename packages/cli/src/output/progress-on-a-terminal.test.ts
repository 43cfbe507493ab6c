import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CUSTOMER, shell, temporaryFolder, writeTemplate } from '../testing/run-datamaker.ts';

/** What a terminal shows of a shell command; `script` (Debian: bsdutils) provides the terminal. */
async function onTerminal(command: string): Promise<string> {
  const { stdout } = await shell(
    `script -qec "TERM=xterm ${command.replaceAll('datamaker ', '$DATAMAKER ')}" /dev/null < /dev/null`,
  );
  return stdout.toString();
}

describe('the progress bar', () => {
  const words = (): string => `datamaker generate ${writeTemplate(temporaryFolder(), CUSTOMER)} -s 1`;

  it('is drawn on a terminal when the rows go elsewhere, and leaves one line', async () => {
    const shown = await onTerminal(`${words()} -n 20000000 --out /dev/null`);
    expect(shown).toMatch(/\r\[#*\.*\] +\d+ % {2}[\d,]+ rows {2}\S+ [kM]? ?rows\/s {2}ETA \d+:\d\d/);
    expect(shown.split('\r\x1b[K').at(-1)).toMatch(/^20,000,000 rows, .* rows\/s -> \/dev\/null\r\n$/);
  });

  it('is not drawn when the rows go to the terminal', async () => {
    const shown = await onTerminal(`${words()} -n 2 -f csv`);
    expect(shown).toMatch(/^id,uuid,email,balance\r\n1,.*\r\n2,.*\r\n$/);
  });

  it('is not drawn into a pipe', async () => {
    const folder = temporaryFolder();
    const { stderr } = await shell(`${words()} -n 3000000 --out ${join(folder, 'out.csv')}`);
    expect(stderr).toBe('');
  });
});
