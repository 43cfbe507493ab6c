import type { Diagnostic } from '@datamaker/engine';

/** `/negative/rules/0` is --rules here, and what is said of `negative` as a whole is said of the flags. */
export function onTheFlag(diagnostic: Diagnostic): Diagnostic {
  const pointer = diagnostic.pointer.replace(/^\/negative/, '').replace(/\/\d+$/, '');
  if (pointer !== '') return { ...diagnostic, pointer };
  const message = '--share, --rules, --fields and --label are for wrong rows only';
  return {
    ...diagnostic,
    pointer: '/mode',
    message,
    hint: 'add --mode negative or --mode boundary, or leave them out',
  };
}

const FLAGS = ['mode', 'share', 'rules', 'fields', 'label'];

/** The flag of an option of wrong rows, without dashes. */
export const flagOfNegative = (option: string): string | undefined => (FLAGS.includes(option) ? option : undefined);
