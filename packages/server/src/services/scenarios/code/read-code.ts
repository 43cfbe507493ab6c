import type { ErrorDetail } from '../../../errors.ts';
import type { ScenarioNeeds } from '../../../store/scenario-tables.ts';
import { type PythonReading, readWithPython } from './read-with-python.ts';
import { isRequirement, requirementsOfComments } from './requirement.ts';

/** What there is to be said of code. */
export interface CodeReading {
  readonly needs: ScenarioNeeds;
  readonly diagnostics: readonly ErrorDetail[];
}

const MOST_REQUIREMENTS = 100;
const FORCE = 'correct it, or save it as it is with ?force=true';

/** Reads code: whether it is Python, and which packages it says that it needs. Nothing of it is executed, and nothing is installed. */
export async function readCode(code: string): Promise<CodeReading> {
  const reading = await readWithPython(code);
  const diagnostics: ErrorDetail[] = [];
  const say = (what: string, line: number | null, message: string): void => {
    const place = line === null ? '' : `line ${line}: `;
    diagnostics.push({ code: what, pointer: '/code', message: place + message, hint: FORCE });
  };
  const problem = reading?.problem ?? null;
  if (problem !== null) {
    const { line, column, message } = problem;
    const place = line === null ? '' : `line ${line}${column === null ? '' : `, column ${column}`}: `;
    diagnostics.push({ code: 'syntax_error', pointer: '/code', message: place + message, hint: FORCE });
  }
  const given = [...requirementsOfComments(code), ...dependenciesOf(reading, say)];
  const requirements: string[] = [];
  for (const { text, line } of given) {
    if (!isRequirement(text)) {
      const shown = JSON.stringify(text.slice(0, 80));
      say('invalid_requirement', line, `${shown} is no package with versions, such as "arrow~=1.3"`);
    } else if (!requirements.includes(text)) requirements.push(text);
  }
  if (requirements.length > MOST_REQUIREMENTS) {
    say('too_many_requirements', null, `a scenario has at most ${MOST_REQUIREMENTS} requirements`);
  }
  const needs: ScenarioNeeds = {
    requirements: requirements.slice(0, MOST_REQUIREMENTS),
    requiresPython: requiredPython(reading, say),
    readBy: reading === undefined || reading.python === '' ? null : reading.python,
    problem,
  };
  return { needs, diagnostics };
}

type Say = (what: string, line: number | null, message: string) => void;

function dependenciesOf(reading: PythonReading | undefined, say: Say): { text: string; line: number }[] {
  const metadata = reading?.metadata ?? null;
  if (metadata === null) return [];
  if ('error' in metadata) {
    say('invalid_metadata', metadata.line, `the metadata cannot be read: ${metadata.error}`);
    return [];
  }
  const { dependencies, line } = metadata;
  if (!Array.isArray(dependencies) || dependencies.some((one) => typeof one !== 'string')) {
    say('invalid_metadata', line, 'dependencies must be a list of texts');
    return [];
  }
  return dependencies.map((text: string) => ({ text: text.trim(), line }));
}

function requiredPython(reading: PythonReading | undefined, say: Say): string | null {
  const metadata = reading?.metadata ?? null;
  if (metadata === null || 'error' in metadata || metadata.requires === undefined || metadata.requires === null) {
    return null;
  }
  if (typeof metadata.requires === 'string' && isRequirement(`python ${metadata.requires}`)) return metadata.requires;
  say('invalid_metadata', metadata.line, 'requires-python must be versions, such as ">=3.11"');
  return null;
}
