import type { Command } from '../arguments/command.ts';
import { backup } from './backup.ts';
import { generate } from './generate.ts';
import { importCommand } from './import.ts';
import { infer } from './infer.ts';
import { locales } from './locales.ts';
import { mask } from './mask.ts';
import { profile } from './profile.ts';
import { restore } from './restore.ts';
import { secrets } from './secrets.ts';
import { seed } from './seed.ts';
import { serve } from './serve.ts';
import { types } from './types.ts';
import { undo } from './undo.ts';
import { validate } from './validate.ts';
import { verify } from './verify.ts';

/** All commands, in the order the help lists them. What one needs to run is loaded when it runs. */
export const COMMANDS: readonly Command[] = [
  generate,
  validate,
  importCommand,
  infer,
  types,
  locales,
  profile,
  mask,
  seed,
  undo,
  verify,
  serve,
  backup,
  restore,
  secrets,
];
