import { COVERAGE_FAMILIES, localeCodes, localeCoverage } from '@datamaker/engine';
import { describe, expect, it } from 'vitest';
import { datamaker } from '../testing/run-datamaker.ts';

const textOf = async (...words: string[]): Promise<string> => {
  const ended = await datamaker(words);
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  return ended.stdout.toString();
};

describe('datamaker locales', () => {
  it('lists every locale once, with its currency, calling code and country', async () => {
    const lines = (await textOf('locales')).split('\n');
    for (const code of localeCodes()) expect(lines.filter((line) => line.startsWith(`${code} `))).toHaveLength(1);
    expect(lines.find((line) => line.startsWith('de_AT '))).toMatch(/German \(Austria\) +EUR {2}\+43 +Österreich$/);
  });

  it('draws a table of coverage, without colours in a pipe', async () => {
    const text = await textOf('locales', '--coverage');
    expect(text).not.toContain('\u001b');
    const [head = '', ...lines] = text.split('\n');
    for (const family of COVERAGE_FAMILIES) {
      const column = head.indexOf(` ${family} `) + 1;
      for (const line of lines.slice(0, localeCodes().length)) expect('●◐○–').toContain(line[column]);
    }
    expect(lines.find((line) => line.startsWith('de_AT '))).toMatch(/de_DE, en$/);
    expect(lines.find((line) => line.startsWith('en_AE '))).toContain('–');
  });

  it('gives the same as JSON', async () => {
    const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
    expect(JSON.parse(await textOf('locales', '--json'))).toEqual(plain(await localeCoverage()));
  });

  it('takes no arguments', async () => {
    expect(await datamaker(['locales', 'de_DE'])).toMatchObject({ code: 2 });
  });
});
