// npm run screenshots -- [folder] [--docs]: pictures of every page of the web app in both themes; with --docs also those of the documentation.
import { run } from './lib/run.mjs';
import { setUp } from './lib/set-up.mjs';
import { at } from './lib/workspace.mjs';

const node = await setUp();
const program = at('test', 'web', 'screenshots', 'take-screenshots.ts');
process.exit(
  await run(node, ['--conditions=datamaker-source', program, ...process.argv.slice(2)], { stdio: 'inherit' }),
);
