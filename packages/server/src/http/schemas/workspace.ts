import { z } from 'zod';
import type { StoredProject } from '../../store/projects.ts';
import type { StoredWorkspace } from '../../store/workspaces.ts';

export const PLANS = ['free', 'pro', 'enterprise', 'self-hosted'] as const;

export const planSchema = z
  .enum(PLANS, `a plan is one of ${PLANS.join(', ')}`)
  .meta({ description: 'What limits there are; `self-hosted` has none.' });

export const workspaceSchema = z
  .object({
    id: z.string().meta({ example: 'ws_8d3kq0vx2m5ra7cz4n1w' }),
    name: z.string(),
    plan: z.string(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Workspace' });

export const presentWorkspace = (workspace: StoredWorkspace): z.input<typeof workspaceSchema> => ({
  id: workspace.id,
  name: workspace.name,
  plan: workspace.plan,
  createdAt: workspace.created_at.toISOString(),
  updatedAt: workspace.updated_at.toISOString(),
});

export const deletedWorkspaceSchema = workspaceSchema
  .extend({ deletedAt: z.iso.datetime(), purgeAt: z.iso.datetime() })
  .meta({ id: 'DeletedWorkspace' });

export const presentDeletedWorkspace = (workspace: StoredWorkspace): z.input<typeof deletedWorkspaceSchema> => ({
  ...presentWorkspace(workspace),
  deletedAt: workspace.deleted_at?.toISOString() ?? '',
  purgeAt: workspace.purge_at?.toISOString() ?? '',
});

export const projectSchema = z
  .object({
    id: z.string().meta({ example: 'proj_8d3kq0vx2m5ra7cz4n1w' }),
    name: z.string(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Project' });

export const presentProject = (project: StoredProject): z.input<typeof projectSchema> => ({
  id: project.id,
  name: project.name,
  createdAt: project.created_at.toISOString(),
  updatedAt: project.updated_at.toISOString(),
});
