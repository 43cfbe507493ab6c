import type { Command } from '../arguments/command.ts';
import { COMMON_FLAGS } from '../arguments/parse-arguments.ts';

/** Completion for bash: commands, what they do, their options; files for everything else. */
export function bashCompletion(commands: readonly Command[]): string {
  const cases = commands.map(({ name, flags, actions = [] }) => {
    const options = [...flags, ...COMMON_FLAGS].map((flag) => `--${flag.name}`).join(' ');
    return `    ${name}) options='${options}' actions='${actions.join(' ')}' ;;`;
  });
  return `# bash completion of datamaker: source it, or put it into ~/.local/share/bash-completion/completions/datamaker
_datamaker() {
  local current=\${COMP_WORDS[COMP_CWORD]} options='' actions=''
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${commands.map(({ name }) => name).join(' ')} help --help --version' -- "$current"))
    return
  fi
  case \${COMP_WORDS[1]} in
    help) actions='${commands.map(({ name }) => name).join(' ')}' ;;
${cases.join('\n')}
  esac
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$current"))
  elif [ "$COMP_CWORD" -eq 2 ]; then
    COMPREPLY=($(compgen -W "$actions" -- "$current"))
  fi
}
complete -o default -F _datamaker datamaker
`;
}
