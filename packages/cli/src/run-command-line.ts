import { commandHelp, programHelp } from './arguments/help.ts';
import { parseArguments } from './arguments/parse-arguments.ts';
import { COMMANDS } from './commands/index.ts';
import { badArgument } from './errors/command-error.ts';
import { print } from './output/print.ts';
import { version } from './version.ts';

/** Does what the words after `datamaker` say. @throws CommandError, or whatever else went wrong, to be reported. */
export async function runCommandLine(words: readonly string[]): Promise<void> {
  const [first, ...rest] = words;
  if (first === undefined)
    throw badArgument('<command>', 'missing_command', 'a command is missing', '`datamaker --help` lists the commands');
  if (first === '--help' || first === '-h') return print(await help());
  if (first === '--version' || first === '-v') return print(`${version()}\n`);
  if (first === 'help') return rest[0] === undefined ? print(await help()) : runCommandLine([rest[0], '--help']);
  const load = Object.hasOwn(COMMANDS, first) ? COMMANDS[first] : undefined;
  if (load === undefined) throw await unknownCommand(first);
  const command = await load();
  const args = await parseArguments(command, rest);
  return args.flags.has('help') ? print(commandHelp(command)) : command.run(args);
}

const help = async (): Promise<string> => programHelp(await Promise.all(Object.values(COMMANDS).map((load) => load())));

async function unknownCommand(word: string): Promise<Error> {
  const hint = '`datamaker --help` lists the commands';
  if (word.startsWith('-'))
    return badArgument(word, 'unknown_option', `there is no option ${word} before the command`, hint);
  const { nearest } = await import('@datamaker/engine');
  const match = nearest(word, Object.keys(COMMANDS));
  const full = match === undefined ? hint : `did you mean ${match}? ${hint}`;
  return badArgument(word, 'unknown_command', `there is no command ${word}`, full);
}
