import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program to its end and hands on the signals that this process gets meanwhile.
 * @param options as of spawn; `onError` is given what a piped standard error says
 * @returns its exit code, or 128 and the signal that ended it, as shells do @throws Error when it cannot be started
 */
export function run(command, args, { onError, ...options }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, options);
    const handOn = (signal) => child.kill(signal);
    const settle = (how, value) => {
      for (const signal of SIGNALS) process.off(signal, handOn);
      how(value);
    };
    for (const signal of SIGNALS) process.on(signal, handOn);
    child.stderr?.setEncoding('utf8').on('data', onError);
    child.on('error', (error) => settle(reject, error));
    child.on('close', (code, signal) => settle(resolve, code ?? 128 + constants.signals[signal]));
  });
}
