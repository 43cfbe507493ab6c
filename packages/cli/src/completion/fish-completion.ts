import type { Command } from '../arguments/command.ts';
import { COMMON_FLAGS } from '../arguments/parse-arguments.ts';
import { shortly } from './shortly.ts';

/** Completion for fish: the same as for bash, each with what it is. */
export function fishCompletion(commands: readonly Command[]): string {
  const lines = commands.flatMap(({ name, summary, flags, actions = [] }) => {
    const within = `complete -c datamaker -n '__fish_seen_subcommand_from ${name}'`;
    return [
      `complete -c datamaker -f -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
      ...(actions.length === 0 ? [] : [`${within} -f -a '${actions.join(' ')}'`]),
      ...[...flags, ...COMMON_FLAGS].map((flag) => {
        const short = flag.short === undefined ? '' : ` -s ${flag.short}`;
        return `${within} -l ${flag.name}${short}${flag.value === undefined ? '' : ' -r'} -d ${quoted(flag.summary)}`;
      }),
    ];
  });
  return `# fish completion of datamaker: put it into ~/.config/fish/completions/datamaker.fish\n${lines.join('\n')}\n`;
}

const quoted = (summary: string): string => `'${shortly(summary).replaceAll(/[\\']/g, (sign) => `\\${sign}`)}'`;
