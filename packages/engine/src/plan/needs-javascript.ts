import type { Program } from './program.ts';

const JAVASCRIPT: readonly Program['kind'][] = ['computed', 'selected', 'running', 'external'];

/** Whether a part of the value is made in JavaScript. */
export function needsJavaScript(program: Program): boolean {
  if (JAVASCRIPT.includes(program.kind)) return true;
  if (program.kind === 'derived') return program.compiled === undefined;
  if (program.kind === 'nullable' || program.kind === 'unique') return needsJavaScript(program.program);
  if (program.kind === 'list') return needsJavaScript(program.item.program);
  return (
    (program.kind === 'object' || program.kind === 'array') &&
    program.fields.some((field) => needsJavaScript(field.program))
  );
}
