import type { Command } from '../arguments/command.ts';

/** All commands by name, in the order the help lists them. Each is loaded when it is named, and all are for the help. */
export const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  generate: async () => (await import('./generate.ts')).generate,
  validate: async () => (await import('./validate.ts')).validate,
  import: async () => (await import('./import.ts')).importCommand,
  infer: async () => (await import('./infer.ts')).infer,
  types: async () => (await import('./types.ts')).types,
  locales: async () => (await import('./locales.ts')).locales,
  profile: async () => (await import('./profile.ts')).profile,
  mask: async () => (await import('./mask.ts')).mask,
  seed: async () => (await import('./seed.ts')).seed,
  undo: async () => (await import('./undo.ts')).undo,
  verify: async () => (await import('./verify.ts')).verify,
  scenarios: async () => (await import('./scenarios.ts')).scenarios,
  runs: async () => (await import('./runs.ts')).runs,
  jobs: async () => (await import('./jobs.ts')).jobs,
  serve: async () => (await import('./serve.ts')).serve,
  worker: async () => (await import('./worker.ts')).worker,
  mcp: async () => (await import('./mcp.ts')).mcp,
  backup: async () => (await import('./backup.ts')).backup,
  restore: async () => (await import('./restore.ts')).restore,
  doctor: async () => (await import('./doctor.ts')).doctor,
  secrets: async () => (await import('./secrets.ts')).secrets,
};
