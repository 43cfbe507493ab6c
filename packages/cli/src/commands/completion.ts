import type { Arguments, Command } from '../arguments/command.ts';
import { badArgument } from '../errors/command-error.ts';
import { print } from '../output/print.ts';

const SHELLS: Readonly<Record<string, () => Promise<(commands: readonly Command[]) => string>>> = {
  bash: async () => (await import('../completion/bash-completion.ts')).bashCompletion,
  zsh: async () => (await import('../completion/zsh-completion.ts')).zshCompletion,
  fish: async () => (await import('../completion/fish-completion.ts')).fishCompletion,
};

export const completion: Command = {
  name: 'completion',
  summary: 'print what completes commands and options in a shell',
  usage: 'bash | zsh | fish',
  positionals: { min: 1, max: 1, name: 'bash | zsh | fish' },
  actions: Object.keys(SHELLS),
  flags: [],
  notes: ['It is made of the commands of this version: print it anew after an update.'],
  examples: [
    'source <(datamaker completion bash)',
    'datamaker completion zsh > ~/.zfunc/_datamaker',
    'datamaker completion fish > ~/.config/fish/completions/datamaker.fish',
  ],
  run,
};

async function run({ positionals: [shell = ''] }: Arguments): Promise<void> {
  const load = Object.hasOwn(SHELLS, shell) ? SHELLS[shell] : undefined;
  if (load === undefined) {
    const message = `there is no completion for ${shell.slice(0, 40)}`;
    throw badArgument(shell.slice(0, 40), 'unknown_shell', message, `shells: ${Object.keys(SHELLS).join(', ')}`);
  }
  const [draw, { COMMANDS }] = await Promise.all([load(), import('./index.ts')]);
  await print(draw(await Promise.all(Object.values(COMMANDS).map((command) => command()))));
}
