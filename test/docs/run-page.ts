import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { shell, temporaryFolder } from '../../packages/cli/src/testing/run-datamaker.ts';
import { type Command, commandsOf, fencesOf, ROOT, readPage } from './read-page.ts';

export interface PageRun {
  /** What a reader has before the page begins: commands of a shell, in an empty folder. */
  readonly before?: string;
  /** Files that blocks of JSON of the page are saved as, in their order. */
  readonly saved?: readonly string[];
  /** What commands print without being looked for on the page. */
  readonly without?: RegExp;
  /** What stands for something else on the page, such as the address of a database, by what it is here. */
  readonly here?: Readonly<Record<string, string>>;
}

/** Stands before and after what a command prints. */
const MARK = '\u001e';
/**
 * Runs the commands of a page in one shell, in their order, in an empty folder. Each has to succeed; what it prints is compared where the page
 * shows it, but for ids, moments and durations. Blocks that say why they are not run are left out. With DATAMAKER_UPDATE_DOCS=1 the page is
 * written anew where it is otherwise.
 */
export async function runPage(
  path: string,
  { before = '', saved = [], without, here = {} }: PageRun = {},
): Promise<void> {
  const page = readPage(path);
  const folder = temporaryFolder();
  const documents = fencesOf(page).filter(({ language }) => language === 'json');
  for (const [index, name] of saved.entries()) writeFileSync(join(folder, name), documents[index]?.text ?? '');
  const commands = fencesOf(page).flatMap(({ language, text, notRun }): Command[] => {
    if (notRun !== undefined) return [];
    if (language === 'sh' || language === 'bash') return [{ command: text, printed: '' }];
    return language === 'console' ? commandsOf(text) : [];
  });
  expect(commands.length).toBeGreaterThan(0);
  const mark = `printf '\\036%s\\036' $?`;
  const script = [
    `cd ${folder}; export HOME=${folder} DATABASE_URL= DATAMAKER_DATA_DIR=`,
    'npx() { shift; datamaker "$@"; }',
    `set -e\n${before}\nset +e`,
    `exec 2>&1; set -o pipefail; ${mark}`,
    ...commands.map(({ command }) => `${swapped(command, Object.entries(here)).trimEnd()}\n${mark}`),
  ].join('\n');
  const { stdout, stderr } = await shell(script);
  const [start, ...told] = stdout.toString().split(MARK);
  expect(told.length, `${start}${stderr}`).toBe(commands.length * 2 + 2);
  const back = Object.entries(here).map(([shown, real]) => [real, shown] as const);
  let now = page;
  for (const [index, { command, printed }] of commands.entries()) {
    const [text = '', code = ''] = told.slice(index * 2 + 1);
    const said = swapped(without === undefined ? text : text.replaceAll(without, ''), back);
    expect(code, `${command}${said}`).toBe('0');
    if (printed === '') expect(said, command).not.toMatch(/"error": ?\{|^error: /m);
    else if (process.env['DATAMAKER_UPDATE_DOCS'] !== '1') expect(steady(said), command).toBe(steady(printed));
    else if (steady(said) !== steady(printed))
      now = now.replace(command + printed, () => `${command}${said.trimEnd()}\n`);
  }
  if (now !== page) writeFileSync(ROOT + path, now);
}

const swapped = (text: string, pairs: readonly (readonly [string, string])[]): string =>
  pairs.reduce((now, [one, other]) => now.replaceAll(one, other), text);

/** Without what differs from run to run. */
const steady = (text: string): string =>
  text
    .replaceAll(/\b([a-z]{2,5})_[0-9a-z]{20,26}\b/g, '$1_…')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '2026-01-01T00:00:00Z')
    .replaceAll(/[\d.]+ m?s\b/g, '1 s')
    .replaceAll(/[\d,]+ rows\/s/g, '1,000 rows/s')
    .trim();
