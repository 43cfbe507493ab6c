import { defineConfig, mergeConfig } from 'vitest/config';
import base from '../../vitest.config.ts';
import { type Plant, planted } from './plants.ts';

const plant = JSON.parse(process.env['DATAMAKER_PLANT'] ?? '') as Plant;

/** The tests, of a server with a fault in it. Its sources stay as they are. */
export default mergeConfig(
  base,
  defineConfig({
    // What is kept of one run would be the sources of the next, whatever is planted there.
    test: { fsModuleCache: false },
    plugins: [
      {
        name: 'plant',
        enforce: 'pre',
        transform(code, id) {
          if (id !== plant.file) return undefined;
          return { code: planted(code, plant), map: null };
        },
      },
    ],
  }),
);
