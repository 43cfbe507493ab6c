// npm run build: installs and builds what is missing or stale.
import { setUp } from './lib/set-up.mjs';

await setUp();
