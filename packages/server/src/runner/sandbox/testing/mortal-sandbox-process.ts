/** Starts jobs that leave children in sessions of their own, one after the other, until it is killed. Arguments: a word to find them by. */
import { openTestSandbox } from './open-test-sandbox.ts';
import { SMALL } from './run-job.ts';

const [word = ''] = process.argv.slice(2);
const driver = await openTestSandbox();
const { python } = await driver.report();
console.log('open');
const code = `
import os, time, sys
if os.fork() == 0:
  os.setsid()
  if os.fork() == 0: print("away", flush=True); time.sleep(600)
  os._exit(0)
time.sleep(600)`;
for (let at = 0; at < 6; at++) {
  const job = await driver.start({
    argv: [python.executable, '-I', '-c', code, word],
    env: {},
    cwd: '/tmp',
    mounts: [],
    limits: SMALL,
  });
  job.stdout.on('data', () => console.log('away'));
}
