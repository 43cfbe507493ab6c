import { build, isBuilt } from './build.mjs';
import { inTurn } from './in-turn.mjs';
import { install, isInstalled } from './install.mjs';
import { runtime } from './runtime.mjs';

/** Installs and builds what is missing or stale. @returns path of the Node to run everything on */
export async function setUp() {
  if (!isInstalled() || !isBuilt()) {
    await inTurn(() => {
      if (!isInstalled()) install();
      if (!isBuilt()) build(runtime());
    });
  }
  return runtime();
}
