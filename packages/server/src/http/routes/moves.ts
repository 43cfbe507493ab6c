import { z } from 'zod';
import { WorkspaceService } from '../../services/workspace-service.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import type { Routes } from '../route-types.ts';
import { idText } from '../schemas/ids.ts';

const MAX_MOVED = 100;
/** Any name that something may have; NUL no text of the database holds. */
const nameText = z
  .string('a name must be a text')
  .min(1, 'a name is not empty')
  .max(255, 'a name has at most 255 characters')
  .refine((name) => !name.includes('\0'), 'a name has no NUL');
const listOf = (what: string, example: string) =>
  z
    .array(nameText, `${what} must be a list of names`)
    .min(1, `name at least one of the ${what}`)
    .max(MAX_MOVED, `at most ${MAX_MOVED} ${what}`)
    .meta({ example: [example] });
const projectId = idText.meta({ description: 'Where they go.' });
const responses = {
  204: { description: 'They are there.' },
  ...errorResponses('not_found', 'conflict', 'validation_error'),
};

/** Moving sets and files between projects of the workspace. */
export const moveRoutes: Routes = async (app, { cursors }) => {
  app.post(
    '/sets/move',
    {
      config: { permission: 'write' },
      schema: {
        operationId: 'moveSets',
        tags: ['Sets'],
        summary: 'Move sets to another project of the workspace, all or none',
        description: 'With all their versions. A name that a set has there is a conflict.',
        body: z.strictObject({ sets: listOf('sets', 'reg_bp_de_2026q2'), projectId }),
        response: responses,
      },
    },
    async ({ tenant, principal, body }, reply) => {
      await new WorkspaceService(tenant, principal, cursors).moveNamed('set', body.sets, body.projectId);
      return reply.code(204).send();
    },
  );

  app.post(
    '/workspace/files/move',
    {
      config: { permission: 'write' },
      schema: {
        operationId: 'moveFiles',
        tags: ['Files'],
        summary: 'Move files to another project of the workspace, all or none',
        description: 'A name that a file has there is a conflict.',
        body: z.strictObject({ files: listOf('files', 'lookups/postcodes.json'), projectId }),
        response: responses,
      },
    },
    async ({ tenant, principal, body }, reply) => {
      await new WorkspaceService(tenant, principal, cursors).moveNamed('file', body.files, body.projectId);
      return reply.code(204).send();
    },
  );
};
