import { FILE_PROBES } from './files.ts';
import { KERNEL_FILE_PROBES } from './kernel-files.ts';
import { LESSON_PROBES } from './lessons.ts';
import { NETWORK_PROBES } from './network.ts';
import type { Probe } from './probe.ts';
import { PROCESS_PROBES } from './processes.ts';
import { SYSTEM_CALL_PROBES } from './system-calls.ts';

/** All ways out that are tried, when the server starts and in tests. */
export const PROBES: readonly Probe[] = [
  ...FILE_PROBES,
  ...KERNEL_FILE_PROBES,
  ...PROCESS_PROBES,
  ...NETWORK_PROBES,
  ...SYSTEM_CALL_PROBES,
  ...LESSON_PROBES,
];
