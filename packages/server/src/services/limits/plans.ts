import { z } from 'zod';

const most = z.int().min(1).max(1_000_000_000_000).nullable();

const MIB = 1024 * 1024;
const FILE_BYTES = 50 * MIB;
const MOST_FILE_BYTES = 5 * 1024 * MIB;
/** As much as an S3-compatible store takes in one piece. */
export const RUN_BYTES = 5 * 1024 * MIB;

const planSchema = z.strictObject({
  /** Of a workspace; null: no limit. */
  requestsPerMinute: most.default(null),
  /** Rows that leave by `generate`. */
  rowsPerHour: most.default(null),
  /** Previews cost no rows, and have a limit of their own. */
  previewsPerMinute: most.default(null),
  /** Of one workspace file. */
  fileBytes: z.int().min(1).max(MOST_FILE_BYTES).default(FILE_BYTES),
  /** Of all workspace files together, with stored rows of sets and whatever else is kept. */
  storageBytes: most.default(null),
  /** How many workspace files there may be. */
  files: most.default(null),
  /** Runs of a workspace that have not ended. */
  openRuns: most.optional(),
  /** Of the output of one run; default: 5 GiB. */
  runBytes: most.optional(),
  /** How long a scenario may run; default: an hour. */
  scenarioSeconds: z.int().min(1).max(86_400).optional(),
  /** What a scenario may hold in memory; default: 1 GiB. */
  scenarioMemoryBytes: z
    .int()
    .min(64 * MIB)
    .max(1024 * 1024 * MIB)
    .optional(),
  /** Lines that are kept of the log of a scenario; null: all. */
  logLines: most.optional(),
  /** Days that a log is kept; null: as long as its run. */
  logDays: z.int().min(1).max(36_500).nullable().optional(),
});
export type Plan = Readonly<z.infer<typeof planSchema>>;
export type Plans = Readonly<Record<string, Plan>>;

const NONE: Plan = {
  requestsPerMinute: null,
  rowsPerHour: null,
  previewsPerMinute: null,
  fileBytes: FILE_BYTES,
  storageBytes: null,
  files: null,
};

/** What workspaces may use, by the plan they are on. */
export const PLANS = {
  free: {
    requestsPerMinute: 60,
    rowsPerHour: 10_000,
    previewsPerMinute: 30,
    fileBytes: FILE_BYTES,
    storageBytes: 500 * MIB,
    files: 500,
    openRuns: 20,
    runBytes: 1024 * MIB,
    scenarioMemoryBytes: 512 * MIB,
    logLines: 5000,
    logDays: 14,
  },
  pro: {
    requestsPerMinute: 600,
    rowsPerHour: 1_000_000,
    previewsPerMinute: 300,
    fileBytes: FILE_BYTES,
    storageBytes: 10 * 1024 * MIB,
    files: 10_000,
    openRuns: 200,
    logLines: 100_000,
    logDays: 90,
  },
  enterprise: { ...NONE, storageBytes: 1024 * 1024 * MIB, files: 1_000_000, openRuns: 2000 },
  'self-hosted': NONE,
} as const satisfies Plans;

/** The plan of a name. One that is not known is as limited as the smallest: a spelling mistake must not open the door. */
export const planOf = (plans: Plans, name: string): Plan =>
  (Object.hasOwn(plans, name) ? plans[name] : undefined) ?? PLANS.free;

/**
 * Plans from JSON, `{"enterprise": {"requestsPerMinute": 6000}}`: each replaces the one of its name, and what it leaves out is
 * without limit.
 * @throws Error that says what is wrong
 */
export function parsePlans(text: string): Plans {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('it is not JSON');
  }
  const parsed = z.record(z.string(), planSchema).safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`${issue?.path.length ? `${issue.path.join('.')}: ` : ''}${issue?.message ?? 'it is not valid'}`);
  }
  const wrong = Object.keys(parsed.data).find((name) => !/^[a-z][a-z0-9-]{0,39}$/.test(name));
  if (wrong !== undefined) throw new Error(`${wrong}: a name has small letters, digits and hyphens`);
  return { ...PLANS, ...parsed.data };
}
