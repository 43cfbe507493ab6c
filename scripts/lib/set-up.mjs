import { build, isBuilt } from './build.mjs';
import { inTurn } from './in-turn.mjs';
import { install, isInstalled } from './install.mjs';
import { runtime } from './runtime.mjs';

/** Installs and builds what is missing or stale. @returns path of the Node to run everything on */
export async function setUp() {
  if (!isInstalled() || !isBuilt()) {
    await inTurn(async () => {
      if (!isInstalled()) await install();
      if (!isBuilt()) await build(runtime());
    });
  }
  return runtime();
}
