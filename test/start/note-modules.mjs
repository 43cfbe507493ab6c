// Given to `node --import`: writes which modules a program has loaded when it ends, to the file that $NOTED_MODULES names.
import { writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

const loaded = new Set();
registerHooks({
  load(url, context, next) {
    loaded.add(url);
    return next(url, context);
  },
});
process.on('exit', () => writeFileSync(process.env.NOTED_MODULES ?? '', JSON.stringify([...loaded])));
