import type { BwrapParts } from '../bwrap/bwrap-driver.ts';
import { script } from './script.ts';

/** The parts as an ordinary user has them: root runs the tests of CI, and becomes one by a step before all others. */
export function asOrdinaryUser(parts: BwrapParts): BwrapParts {
  if (process.geteuid?.() !== 0) return parts;
  return {
    ...parts,
    users: undefined,
    stage: undefined,
    tools: {
      ...parts.tools,
      setpriv: script(`exec ${parts.tools.setpriv} --reuid 61999 --regid 61999 --clear-groups "$@"`),
    },
  };
}
