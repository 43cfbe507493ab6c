// npm run bench:infer: installs and builds like npm start, then scores inference. Options: npm run bench:infer -- --help.
import { run } from './lib/run.mjs';
import { setUp } from './lib/set-up.mjs';
import { at, root } from './lib/workspace.mjs';

const node = await setUp();
const script = at('test', 'inference', 'bench-inference.ts');
process.exit(
  await run(node, ['--conditions=datamaker-source', script, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' }),
);
