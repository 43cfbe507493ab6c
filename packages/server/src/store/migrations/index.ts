import type { Migration } from 'kysely/migration';
import { m0001 } from './0001-first.ts';
import { m0002 } from './0002-datagen.ts';
import { m0003 } from './0003-model-answers.ts';
import { m0004 } from './0004-tenancy.ts';
import { m0005 } from './0005-people.ts';
import { m0006 } from './0006-limits.ts';
import { m0007 } from './0007-sets-and-files.ts';
import { m0008 } from './0008-secrets.ts';
import { m0009 } from './0009-runs.ts';
import { m0010 } from './0010-purge.ts';
import { m0011 } from './0011-audit-in-order-of-time.ts';
import { m0012 } from './0012-connections.ts';
import { m0013 } from './0013-seeds.ts';
import { m0014 } from './0014-pushes.ts';
import { m0016 } from './0016-receipts.ts';
import { m0017 } from './0017-scenarios.ts';
import { m0019 } from './0019-environments.ts';
import { m0020 } from './0020-workers.ts';
import { m0021 } from './0021-counters.ts';
import { m0022 } from './0022-records-of-runs.ts';
import { m0024 } from './0024-workspace-deletion.ts';
import { m0026 } from './0026-chats.ts';
import { m0027 } from './0027-scopes-of-keys.ts';
import { m0028 } from './0028-values-of-pushes.ts';
import { m0029 } from './0029-keys-behind-runs.ts';
import { m0030 } from './0030-generation-jobs.ts';
import { m0031 } from './0031-hosts-of-secrets.ts';

/** All migrations in order. Forward only: a released one is never changed. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-first': m0001,
  '0002-datagen': m0002,
  '0003-model-answers': m0003,
  '0004-tenancy': m0004,
  '0005-people': m0005,
  '0006-limits': m0006,
  '0007-sets-and-files': m0007,
  '0008-secrets': m0008,
  '0009-runs': m0009,
  '0010-purge': m0010,
  '0011-audit-in-order-of-time': m0011,
  '0012-connections': m0012,
  '0013-seeds': m0013,
  '0014-pushes': m0014,
  '0016-receipts': m0016,
  '0017-scenarios': m0017,
  '0019-environments': m0019,
  '0020-workers': m0020,
  '0021-counters': m0021,
  '0022-records-of-runs': m0022,
  '0024-workspace-deletion': m0024,
  '0026-chats': m0026,
  '0027-scopes-of-keys': m0027,
  '0028-values-of-pushes': m0028,
  '0029-keys-behind-runs': m0029,
  '0030-generation-jobs': m0030,
  '0031-hosts-of-secrets': m0031,
};
