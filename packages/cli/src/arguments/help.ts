import type { Command, Flag } from './command.ts';
import { COMMON_FLAGS } from './parse-arguments.ts';

const WIDTH = 80;

/** The text of `datamaker --help`. */
export function programHelp(commands: readonly Command[]): string {
  return [
    'datamaker: test data from a template, the same for the same seed',
    '',
    'usage: datamaker <command> [options]',
    '',
    'commands:',
    ...table(commands.map((command) => [command.name, command.summary])),
    '',
    'options:',
    ...table([
      ['-h, --help', 'show this help; `datamaker <command> --help` explains a command'],
      ['-v, --version', 'show the version'],
    ]),
    '',
    'exit codes:',
    ...table([
      ['0', 'done, or the reader of the output had enough'],
      ['1', 'it failed: disk full, no permission, port in use'],
      ['2', 'bad input: the template, a flag or a path; every problem is listed with its place'],
      ['3, 4, 5', 'the run that was waited for ran out of time, is lost, was cancelled'],
      ['130', 'stopped with Ctrl-C (143 by SIGTERM); no half-written file is left'],
    ]),
    '',
  ].join('\n');
}

/** The text of `datamaker <command> --help`. */
export function commandHelp(command: Command): string {
  const lines = [
    `datamaker ${command.name}: ${command.summary}`,
    '',
    `usage: datamaker ${command.name} ${command.usage}`,
  ];
  lines.push(
    '',
    'options:',
    ...table([...command.flags, ...COMMON_FLAGS].map((flag) => [spelling(flag), flag.summary])),
  );
  for (const note of command.notes) lines.push('', ...wrap(note, WIDTH));
  if (command.examples.length > 0) lines.push('', 'examples:', ...command.examples.map((example) => `  ${example}`));
  return `${lines.join('\n')}\n`;
}

function spelling(flag: Flag): string {
  const short = flag.short === undefined ? '    ' : `-${flag.short}, `;
  const repeats = flag.repeatable === true ? '…' : '';
  return `${short}--${flag.name}${flag.value === undefined ? '' : ` <${flag.value}>`}${repeats}`;
}

/** Two columns, the second wrapped and indented. */
function table(rows: readonly (readonly [string, string])[]): string[] {
  const left = Math.max(...rows.map(([name]) => name.length)) + 4;
  return rows.flatMap(([name, summary]) =>
    wrap(summary, WIDTH - left).map((line, index) => `${(index === 0 ? `  ${name}` : '').padEnd(left)}${line}`),
  );
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
