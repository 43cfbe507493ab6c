import type { Command } from '../arguments/command.ts';
import { COMMON_FLAGS } from '../arguments/parse-arguments.ts';
import { shortly } from './shortly.ts';

/** Completion for zsh: the same as for bash, each with what it is. */
export function zshCompletion(commands: readonly Command[]): string {
  const cases = commands.map(({ name, flags, actions = [] }) => {
    const options = [...flags, ...COMMON_FLAGS].map((flag) => entry(`--${flag.name}`, flag.summary)).join(' ');
    return `    ${name}) options=(${options}) actions=(${actions.join(' ')}) ;;`;
  });
  return `#compdef datamaker
# zsh completion of datamaker: put it into a folder of $fpath as _datamaker
_datamaker() {
  local -a commands options actions
  commands=(${commands.map(({ name, summary }) => entry(name, summary)).join(' ')})
  if (( CURRENT == 2 )); then
    _describe -t commands command commands
    return
  fi
  case $words[2] in
${cases.join('\n')}
  esac
  if [[ $PREFIX == -* ]]; then
    _describe -t options option options
  elif (( CURRENT == 3 && $#actions > 0 )); then
    _describe -t actions action actions
  else
    _files
  fi
}
if [[ $funcstack[1] == _datamaker ]]; then
  _datamaker "$@"
else
  compdef _datamaker datamaker
fi
`;
}

/** A word and what it is, as `_describe` takes them. */
const entry = (word: string, summary: string): string =>
  `'${word}:${shortly(summary).replaceAll(':', '\\:').replaceAll("'", "'\\''")}'`;
