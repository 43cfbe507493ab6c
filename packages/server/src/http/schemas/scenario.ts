import { z } from 'zod';
import type { ScenarioEnvironment } from '../../store/scenario-tables.ts';
import type { DeletedScenario, ListedScenario, StoredScenario } from '../../store/scenarios.ts';
import { idText } from './ids.ts';

const MAX_CODE = 1024 * 1024;
const EXAMPLE_CODE = 'from datamaker import DataMaker\n\ndm = DataMaker()\nprint("✓ seeded")\n';

export const scenarioName = z
  .string()
  .min(1, 'a name must not be empty')
  .max(200, 'a name has at most 200 characters')
  .meta({ example: 'Regression seeding' });

export const scenarioCode = z
  .string('code must be a text')
  .max(MAX_CODE, `code has at most ${MAX_CODE} characters`)
  .meta({ description: 'Python.', example: EXAMPLE_CODE });

export const scenarioSettings = {
  retry_on_crash: z.boolean().optional().meta({
    description: 'Whether a run whose server died is begun again, at most twice; without, it is `lost`.',
  }),
  timeout_seconds: z
    .int('timeout_seconds must be a whole number')
    .min(1, 'timeout_seconds must be at least 1')
    .max(86_400, 'timeout_seconds must be at most 86400')
    .nullable()
    .optional()
    .meta({ description: 'How long a run may take; null: as long as the plan says.' }),
};

const MAX_MOVED = 100;

export const scenarioIds = z
  .array(idText, 'scenarios must be a list of ids')
  .min(1, 'name at least one scenario')
  .max(MAX_MOVED, `at most ${MAX_MOVED} scenarios`)
  .meta({ example: ['scn_8d3kq0vx2m5ra7cz4n1w'] });

/** Of `?force=`. */
export const forceQuery = z.strictObject({
  force: z
    .enum(['true', 'false'], 'force must be true or false')
    .default('false')
    .meta({ description: '`true`: saves it also when something is wrong with the code.' }),
});

export const scenarioRefParams = z.object({
  ref: z.string().meta({
    description: 'The id of a scenario; `@v` and a number behind it name a version.',
    example: 'scn_8d3kq0vx2m5ra7cz4n1w',
  }),
});

const listed = {
  id: z.string().meta({ example: 'scn_8d3kq0vx2m5ra7cz4n1w' }),
  name: z.string(),
  version: z.int().min(1),
  retry_on_crash: z.boolean(),
  timeout_seconds: z.int().nullable(),
  requirements: z.array(z.string()).meta({ description: 'What the code says that it needs.', example: ['arrow~=1.3'] }),
  requires_python: z.string().nullable(),
  problem: z
    .object({ message: z.string(), line: z.int().nullable(), column: z.int().nullable() })
    .nullable()
    .meta({ description: 'Why the code is no Python; null: it is, or there was no Python to ask.' }),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
};

/** A scenario in a list. */
export const listedScenarioSchema = z.object(listed).meta({ id: 'ListedScenario' });

const environmentSchema = z
  .object({
    state: z.enum(['locked', 'open']).meta({ description: '`open`: the first run finds the versions.' }),
    python: z.string().nullable().meta({ description: 'What it is locked for.', example: '3.12' }),
    platform: z.string().nullable().meta({ example: 'linux-x86_64' }),
    preinstalled: z.boolean().meta({
      description:
        'Whether it stands on the pre-installed packages as they are; else it has versions of its own of all.',
    }),
    packages: z
      .array(z.object({ name: z.string(), version: z.string() }))
      .meta({ description: 'All that is installed beside the pre-installed ones.' }),
    problem: z.object({ code: z.string(), message: z.string() }).nullable().meta({ description: 'Why it is open.' }),
  })
  .meta({ id: 'ScenarioEnvironment' });

/** A scenario as clients see it. */
export const scenarioSchema = z
  .object({
    ...listed,
    code: z.string().meta({ example: EXAMPLE_CODE }),
    environment: environmentSchema.nullable().meta({ description: 'null: it names no packages.' }),
  })
  .meta({ id: 'Scenario' });

export const deletedScenarioSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    version: z.int().min(1),
    deleted_at: z.iso.datetime(),
    purge_at: z.iso.datetime().meta({ description: 'From then on it cannot be restored.' }),
  })
  .meta({ id: 'DeletedScenario' });

export const presentListed = (one: ListedScenario): z.input<typeof listedScenarioSchema> => ({
  id: one.id,
  name: one.name,
  version: one.version,
  retry_on_crash: one.settings.retryOnCrash,
  timeout_seconds: one.settings.timeoutSeconds,
  requirements: [...one.needs.requirements],
  requires_python: one.needs.requiresPython,
  problem: one.needs.problem,
  created_at: one.createdAt.toISOString(),
  updated_at: one.updatedAt.toISOString(),
});

export const presentScenario = (one: StoredScenario): z.input<typeof scenarioSchema> => ({
  ...presentListed(one),
  code: one.code,
  environment: presentEnvironment(one.environment),
});

const presentEnvironment = (one: ScenarioEnvironment | null): z.input<typeof environmentSchema> | null =>
  one && {
    state: one.lock === null ? 'open' : 'locked',
    python: one.lock?.python ?? null,
    platform: one.lock?.platform ?? null,
    preinstalled: one.lock !== null && one.lock.base !== null,
    packages: (one.lock?.packages ?? []).map(({ name, version }) => ({ name, version })),
    problem: one.problem,
  };

export const presentDeleted = ({
  deletedAt,
  purgeAt,
  ...rest
}: DeletedScenario): z.input<typeof deletedScenarioSchema> => ({
  ...rest,
  deleted_at: deletedAt.toISOString(),
  purge_at: purgeAt.toISOString(),
});
