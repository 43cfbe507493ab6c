import { createConnection } from './connections/create-connection.ts';
import { fetchFromConnection } from './connections/fetch-from-connection.ts';
import { getConnection } from './connections/get-connection.ts';
import { getMetadata } from './connections/get-metadata.ts';
import { listConnections } from './connections/list-connections.ts';
import { verifyConnection } from './connections/verify-connection.ts';
import { datagenCapabilities } from './datagen/datagen-capabilities.ts';
import { datagenFieldTypes } from './datagen/datagen-field-types.ts';
import { datagenGenerate } from './datagen/datagen-generate.ts';
import { datagenGenerateAi } from './datagen/datagen-generate-ai.ts';
import { datagenGenerateAiStream } from './datagen/datagen-generate-ai-stream.ts';
import { datagenHealth } from './datagen/datagen-health.ts';
import { datagenInferSchema } from './datagen/datagen-infer-schema.ts';
import { datagenValidate } from './datagen/datagen-validate.ts';
import { listFiles } from './files/list-files.ts';
import { readFile } from './files/read-file.ts';
import { writeFile } from './files/write-file.ts';
import { estimate } from './generation/estimate.ts';
import { generate } from './generation/generate.ts';
import { preview } from './generation/preview.ts';
import { profile } from './generation/profile.ts';
import { planPush } from './pushes/plan-push.ts';
import { pushToConnection } from './pushes/push-to-connection.ts';
import { cancelRun } from './runs/cancel-run.ts';
import { getRun } from './runs/get-run.ts';
import { listRuns } from './runs/list-runs.ts';
import { executeScenario } from './scenarios/execute-scenario.ts';
import { getScenario } from './scenarios/get-scenario.ts';
import { getScenarioRun } from './scenarios/get-scenario-run.ts';
import { getScenarioRunLogs } from './scenarios/get-scenario-run-logs.ts';
import { listScenarios } from './scenarios/list-scenarios.ts';
import { saveScenario } from './scenarios/save-scenario.ts';
import { planSeed } from './seeds/plan-seed.ts';
import { planUndo } from './seeds/plan-undo.ts';
import { seedDatabase } from './seeds/seed-database.ts';
import { undoRun } from './seeds/undo-run.ts';
import { listSets } from './sets/list-sets.ts';
import { loadSet } from './sets/load-set.ts';
import { saveSet } from './sets/save-set.ts';
import { createTemplate } from './templates/create-template.ts';
import { deleteTemplate } from './templates/delete-template.ts';
import { getTemplate } from './templates/get-template.ts';
import { inferSchema } from './templates/infer-schema.ts';
import { listTemplates } from './templates/list-templates.ts';
import { templateFromMetadata } from './templates/template-from-metadata.ts';
import { templateFromSchema } from './templates/template-from-schema.ts';
import { updateTemplate } from './templates/update-template.ts';
import { validateTemplate } from './templates/validate-template.ts';
import type { Tool } from './tool.ts';
import { getUsage } from './usage/get-usage.ts';

/** All tools, in the order in which they are listed. It does not change: what is listed is cached by others. */
export const TOOLS: readonly Tool[] = [
  listTemplates,
  getTemplate,
  createTemplate,
  updateTemplate,
  deleteTemplate,
  validateTemplate,
  templateFromSchema,
  templateFromMetadata,
  inferSchema,
  generate,
  preview,
  profile,
  estimate,
  listConnections,
  getConnection,
  createConnection,
  verifyConnection,
  getMetadata,
  fetchFromConnection,
  planPush,
  pushToConnection,
  planSeed,
  seedDatabase,
  planUndo,
  undoRun,
  listScenarios,
  getScenario,
  saveScenario,
  executeScenario,
  getScenarioRun,
  getScenarioRunLogs,
  listRuns,
  getRun,
  cancelRun,
  listSets,
  saveSet,
  loadSet,
  listFiles,
  readFile,
  writeFile,
  getUsage,
  datagenHealth,
  datagenFieldTypes,
  datagenCapabilities,
  datagenInferSchema,
  datagenValidate,
  datagenGenerate,
  datagenGenerateAi,
  datagenGenerateAiStream,
];

const BY_NAME: ReadonlyMap<string, Tool> = new Map(TOOLS.map((tool) => [tool.name, tool]));

/** The tool of that name; undefined: there is none. */
export const toolNamed = (name: string): Tool | undefined => BY_NAME.get(name);
