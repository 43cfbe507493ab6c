// The program `datamaker`: words in, exit code out. Nothing below this file ends the process.
import { constants } from 'node:os';
import { report } from './errors/report.ts';
import { say } from './output/say.ts';
import { runCommandLine } from './run-command-line.ts';

// Ending through process.exit lets unfinished files be taken away. `serve` has more to do and takes these over.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => process.exit(128 + constants.signals[signal]));
}
// The launcher in bin/ waits for this process; when it is killed without a word, the channel to it closes.
if (process.env.DATAMAKER_LAUNCHER === String(process.ppid) && process.channel) {
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
}
process.on('uncaughtException', fail);

runCommandLine(process.argv.slice(2)).then(() => process.exit(0), fail);

function fail(error: unknown): void {
  const { text, exitCode } = report(error, process.env.DATAMAKER_DEBUG === '1');
  say(text);
  process.exit(exitCode);
}
