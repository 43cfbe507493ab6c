import type { Program } from './program.ts';

/** Whether a part of the value is made in JavaScript. */
export function needsJavaScript(program: Program): boolean {
  if (program.kind === 'derived' || program.kind === 'computed') return true;
  if (program.kind === 'nullable' || program.kind === 'unique') return needsJavaScript(program.program);
  return (
    (program.kind === 'object' || program.kind === 'array') &&
    program.fields.some((field) => needsJavaScript(field.program))
  );
}
