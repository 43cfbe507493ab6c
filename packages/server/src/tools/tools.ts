import { generate } from './generation/generate.ts';
import { planPush } from './pushes/plan-push.ts';
import { pushToConnection } from './pushes/push-to-connection.ts';
import { listTemplates } from './templates/list-templates.ts';
import type { Tool } from './tool.ts';

/** All tools, in the order in which they are listed. It does not change: what is listed is cached by others. */
export const TOOLS: readonly Tool[] = [listTemplates, generate, planPush, pushToConnection];

const BY_NAME: ReadonlyMap<string, Tool> = new Map(TOOLS.map((tool) => [tool.name, tool]));

/** The tool of that name; undefined: there is none. */
export const toolNamed = (name: string): Tool | undefined => BY_NAME.get(name);
