import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

process.env.FAST_CHECK_SEED ??= String(randomInt(2 ** 31));
console.log(`Properties are tried with FAST_CHECK_SEED=${process.env.FAST_CHECK_SEED}.`);

// Programs that tests start from sources find them compiled: half of what a start costs.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('node_modules/.cache/datamaker-compile', import.meta.url));

export default defineConfig({
  // Packages of the workspace mean their sources, so tests need no build.
  resolve: { conditions: ['datamaker-source'] },
  ssr: { resolve: { conditions: ['datamaker-source'], externalConditions: ['datamaker-source'] } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'scripts/**/*.test.ts', 'test/**/*.test.ts'],
    setupFiles: ['test/setup.ts'],
    testTimeout: process.env.FULL === '1' ? 3_600_000 : 60_000,
    hookTimeout: 60_000,
    // A busy machine is not held to the second that this would be.
    expect: { poll: { timeout: 30_000 } },
    // Many tests wait for a process or a database: one worker for each core but one leaves two cores idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
