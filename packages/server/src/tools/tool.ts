import type { z } from 'zod';
import type { Permission } from '../security/permissions.ts';
import type { Api } from './api/api.ts';

/**
 * What a call may do at most. `read`: nothing is changed. `generate`: rows are made and kept in the workspace, and nothing else is changed.
 * `write`: things of the workspace are made or changed, and nothing is lost by it. `outbound_or_destructive`: something leaves for another
 * system, code is executed, or something is lost.
 */
export type Risk = 'read' | 'generate' | 'write' | 'outbound_or_destructive';

/** Hints of the Model Context Protocol about a tool; each is said, since what is left out has a default that fits few. */
export interface ToolAnnotations {
  readonly readOnlyHint: boolean;
  readonly destructiveHint: boolean;
  readonly idempotentHint: boolean;
  /** Whether it speaks with systems other than this server. */
  readonly openWorldHint: boolean;
}

/** What a tool works with. */
export interface ToolContext {
  readonly api: Api;
  /** Aborted when nobody waits for the result any more, or the time is over. */
  readonly signal: AbortSignal;
  /** Tells how far it is; nobody may be there to hear it. */
  readonly progress: (done: number, total: number | undefined, message: string) => void;
}

/**
 * One thing that a model can do on somebody's behalf, whichever door it comes through. It asks the REST API with the rights of whoever calls
 * it, and has no other way to anything.
 */
export interface Tool<Input extends z.ZodObject = z.ZodObject, Output extends z.ZodObject = z.ZodObject> {
  /** In lower-case letters and underscores; does not change. */
  readonly name: string;
  readonly title: string;
  /** For models: what it does, and what to do next. Never holds anything of a workspace. */
  readonly description: string;
  /** Keys that are not in it are errors. */
  readonly input: Input;
  readonly output: Output;
  readonly annotations: ToolAnnotations;
  readonly risk: Risk;
  /** What the routes that it asks for ask of the caller: whoever lacks it does not see the tool. */
  readonly permission: Permission;
  /** Whether results hold texts that somebody else may have written: rows, names, logs, files, what systems say. */
  readonly readsForeignData: boolean;
  /** Whether keys of the DataGen door do for it as well. */
  readonly isOfDatagen?: boolean;
  /** @throws ToolError */
  call(input: z.output<Input>, context: ToolContext): Promise<z.input<Output>>;
}

/** Keeps the types of a tool's schemas for its own call, and forgets them for lists of tools. */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(tool: Tool<Input, Output>): Tool {
  return tool as unknown as Tool;
}
