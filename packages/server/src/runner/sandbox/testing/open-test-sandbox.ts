import type { BwrapDriver, BwrapParts } from '../bwrap/bwrap-driver.ts';
import { openBwrap } from '../bwrap/open-bwrap.ts';
import { findPython } from '../host-python.ts';
import type { SandboxSettings } from '../sandbox-settings.ts';

export const SETTINGS: SandboxSettings = { driver: 'auto', exposure: { workspaces: 1, listensOnLoopbackOnly: true } };

/** The sandbox of this host, as a server opens it; with parts changed, as none should. */
export const openTestSandbox = async (
  alter?: (parts: BwrapParts) => BwrapParts,
  python = 'python3',
): Promise<BwrapDriver> => openBwrap(SETTINGS, await findPython(python), alter);
