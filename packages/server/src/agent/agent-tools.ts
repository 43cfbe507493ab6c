import { z } from 'zod';
import type { ChatMode, ToolPermission } from '../chat-kinds.ts';
import type { ModelTool } from '../model/chat-model.ts';
import type { ChatPermits } from '../store/chat-tables.ts';
import type { Tool } from '../tools/tool.ts';
import { judge } from './policy.ts';
import { showPlanTool } from './show-plan.ts';

const schemas = new WeakMap<Tool, object>();

function schemaOf(tool: Tool): object {
  let schema = schemas.get(tool);
  if (schema === undefined) {
    schema = z.toJSONSchema(tool.input, { io: 'input' });
    schemas.set(tool, schema);
  }
  return schema;
}

/** What a model is told that there is: what is refused whatever its arguments is not among it. */
export function toolsFor(
  tools: readonly Tool[],
  mode: ChatMode,
  permits: ChatPermits,
  permissions: ReadonlyMap<string, ToolPermission>,
): ModelTool[] {
  const offered = tools.filter((tool) => {
    const permission = permissions.get(tool.name);
    return judge(tool, {}, { mode, permits, permission, isTainted: false, isGuess: false }).verdict !== 'refuse';
  });
  return [
    ...(mode === 'agent' ? [showPlanTool] : []),
    ...offered.map((tool) => ({ name: tool.name, description: tool.description, schema: schemaOf(tool) })),
  ];
}
