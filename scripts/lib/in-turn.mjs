import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { at, fail, textOf } from './workspace.mjs';

const lock = at('node_modules', '.datamaker-setup.lock');
const LONGEST_WAIT_MS = 15 * 60_000;

/**
 * Runs work that changes the checkout while no other process of this checkout does, so that two commands started at the
 * same time set it up once. The lock is a file with the number of its holder; one whose holder has died is taken over.
 */
export async function inTurn(work) {
  mkdirSync(at('node_modules'), { recursive: true });
  const mine = `${lock}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  // Also when the work ends the process; a killed holder leaves its file behind, see isStale.
  const release = () => {
    if (textOf(lock) === String(process.pid)) rmSync(lock, { force: true });
    rmSync(mine, { force: true });
  };
  process.once('exit', release);
  const giveUp = Date.now() + LONGEST_WAIT_MS;
  let told = false;
  while (!take(mine)) {
    if (!told) console.error('Waiting for another command that is setting up this checkout …');
    told = true;
    if (Date.now() > giveUp) fail(`Another command has held ${lock} for long: end it, or remove that file.`);
    await pause(200);
  }
  try {
    await work();
  } finally {
    release();
    process.off('exit', release);
  }
}

/** A link is made by one process only, and is whole from the start. */
function take(mine) {
  try {
    linkSync(mine, lock);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    removeStale(mine);
    return false;
  }
}

/** Of several that see a dead holder's lock one moves it away. Who has moved a living holder's by that puts it back. */
function removeStale(mine) {
  const holder = textOf(lock);
  if (holder === undefined || isAlive(Number(holder))) return;
  const aside = `${mine}.stale`;
  try {
    renameSync(lock, aside);
    if (readFileSync(aside, 'utf8') !== holder) linkSync(aside, lock);
    rmSync(`${lock}.${holder}`, { force: true });
  } catch {
    // Somebody else was faster.
  }
  rmSync(aside, { force: true });
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
