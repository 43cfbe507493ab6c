import { badArgument } from '../errors/command-error.ts';
import type { Arguments, Command, Flag } from './command.ts';

/** One thing that a command does which does several. */
export interface Action {
  /** What follows its name, such as `<run>`; undefined: nothing. */
  readonly takes?: string;
  /** Whether that may be left out. */
  readonly isOptional?: true;
  /** Names of the flags of the command that it has. */
  readonly flags: readonly string[];
  readonly run: (args: Arguments) => Promise<void>;
}

/** The action that the first argument names. @throws CommandError for one that is not there, and for what it does not take */
export async function actionOf(
  command: Pick<Command, 'name' | 'flags'>,
  actions: Readonly<Record<string, Action>>,
  common: readonly Flag[],
  args: Arguments,
): Promise<Action> {
  const [name = '', given] = args.positionals;
  const help = `\`datamaker ${command.name} --help\` lists what there is`;
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (action === undefined) {
    const { nearest } = await import('@datamaker/engine');
    const match = nearest(name, Object.keys(actions));
    const message = `there is no \`datamaker ${command.name} ${name.slice(0, 40)}\``;
    throw badArgument(name.slice(0, 40), 'unknown_action', message, match ? `did you mean ${match}? ${help}` : help);
  }
  if (action.takes === undefined && given !== undefined) {
    throw badArgument(given.slice(0, 40), 'unexpected_argument', `\`${name}\` takes no argument`, help);
  }
  if (action.takes !== undefined && action.isOptional !== true && given === undefined) {
    throw badArgument(action.takes, 'missing_argument', `\`${name}\` needs ${action.takes}`, help);
  }
  const known = new Set([...action.flags, ...common.map((flag) => flag.name)]);
  const foreign = [...args.flags.keys()].find((flag) => !known.has(flag));
  if (foreign === undefined) return action;
  throw badArgument(`--${foreign}`, 'unexpected_option', `\`${name}\` has no option --${foreign}`, help);
}
