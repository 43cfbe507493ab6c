import { dirname } from 'node:path';
import type { Diagnostic, NegativeOptions, Plan, Template } from '@datamaker/engine';
import { flagOfNegative, onTheFlag } from '../arguments/on-the-flag.ts';
import { toProblems } from '../arguments/to-problems.ts';
import { badInput, type Problem } from '../errors/command-error.ts';
import { loadResources, refuseUnused } from '../resources/load-resources.ts';
import { loadOtherTemplates } from './other-templates.ts';
import { readInput } from './read-input.ts';
import type { SourceText } from './source-text.ts';

export interface LoadOptions {
  /** Where nested templates are looked for; undefined for the folder of the template itself. */
  readonly templates: string | undefined;
  /** What `sample` fields pick from, each as `name=file`. */
  readonly resources?: readonly string[];
  readonly seed?: string;
  /** How many rows are wanted, so that a `unique` field that cannot give as many is refused. */
  readonly rows?: number;
  /** Wrong rows on purpose. */
  readonly negative?: NegativeOptions;
  /** Fields that the caller has made outside of the engine. */
  readonly external?: readonly 'python'[];
}

/** A template that is ready, and how to tell what is found wrong with it later. */
export interface LoadedPlan {
  readonly template: Template;
  readonly plan: Plan;
  readonly badTemplate: (diagnostics: readonly Diagnostic[]) => Error;
}

/** Reads, checks and compiles a template. @throws CommandError with every problem and its line and column. */
export async function loadPlan(path: string, options: LoadOptions): Promise<LoadedPlan> {
  const engine = await import('@datamaker/engine');
  const source = await readInput(path, engine.limits.MAX_TEMPLATE_BYTES);
  return compileSource(source, otherTemplates(path, source, options.templates), options);
}

/** The same of a template that is read already, with those that it nests. @throws CommandError */
export async function compileSource(
  source: SourceText,
  templates: ReadonlyMap<string, unknown> | undefined,
  options: Omit<LoadOptions, 'templates'>,
): Promise<LoadedPlan> {
  const engine = await import('@datamaker/engine');
  const resources = await loadResources(options.resources ?? []);
  const parsed = engine.parseTemplateText(source.bytes, {
    resources,
    ...(templates === undefined ? {} : { templates }),
  });
  if (!parsed.ok) throw badTemplate(source, parsed.diagnostics.map(withFlag));
  await refuseUnused(resources, parsed.value);
  const { seed, rows, negative, external } = options;
  const compiled = await engine.compileTemplate(parsed.value, {
    ...(seed === undefined ? {} : { seed }),
    ...(rows === undefined ? {} : { rows }),
    ...(negative === undefined ? {} : { negative }),
    ...(external === undefined ? {} : { external }),
  });
  if (!compiled.ok && compiled.diagnostics.every(({ pointer }) => /^\/(mode|negative)(\/|$)/.test(pointer)))
    throw badInput('the command line', toProblems('mode', compiled.diagnostics.map(onTheFlag), flagOfNegative));
  if (!compiled.ok) throw badTemplate(source, compiled.diagnostics);
  return {
    template: parsed.value,
    plan: compiled.value,
    badTemplate: (diagnostics) => badTemplate(source, diagnostics),
  };
}

/** Most templates nest no other, and then no other file is opened. */
function otherTemplates(
  path: string,
  source: SourceText,
  given: string | undefined,
): ReadonlyMap<string, unknown> | undefined {
  if (!/template_?id/i.test(new TextDecoder().decode(source.bytes))) return undefined;
  if (given !== undefined) return loadOtherTemplates([given]);
  return path === '-' ? undefined : loadOtherTemplates([dirname(path)]);
}

/** Here files are given on the command line. */
const withFlag = (diagnostic: Diagnostic): Diagnostic =>
  diagnostic.code === 'resource_not_found' && !diagnostic.hint?.startsWith('did you mean')
    ? { ...diagnostic, hint: 'name the file with its rows: --resource <name>=<file>' }
    : diagnostic;

function badTemplate(source: SourceText, diagnostics: readonly Diagnostic[]): Error {
  const expected = source.expectedInstead();
  const problems = diagnostics.map((diagnostic): Problem => {
    const { code, pointer, message, hint } = diagnostic;
    const said = expected === undefined ? message : `the template is not JSON: ${expected} was expected here`;
    return { code, message: said, pointer, place: source.placeOf(pointer), ...(hint === undefined ? {} : { hint }) };
  });
  return badInput(source.name, problems);
}
