import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { type Plant, planted } from './plants.ts';

/** Imported by every process that a run with a fault starts, so that servers which tests start beside themselves have it as well. */
const plant = JSON.parse(process.env['DATAMAKER_PLANT'] ?? '') as Plant;

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    if (!url.startsWith('file:') || fileURLToPath(url) !== plant.file) return loaded;
    return { ...loaded, source: planted(String(loaded.source), plant) };
  },
});
