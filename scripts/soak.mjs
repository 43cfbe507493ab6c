// npm run soak -- --minutes 30: installs and builds like npm start, then holds a server under load and sees whether it grows.
import { run } from './lib/run.mjs';
import { setUp } from './lib/set-up.mjs';
import { at, root } from './lib/workspace.mjs';

const node = await setUp();
const script = at('test', 'soak', 'soak.ts');
process.exit(await run(node, [script, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' }));
