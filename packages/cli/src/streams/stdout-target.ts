import type { Target } from '@datamaker/streams';
import type { Output } from '../output/output.ts';

/** The standard output: what is written counts as taken. */
export function stdoutTarget(output: Output): Target {
  return {
    shown: output.name,
    open: async () => ({
      async send(messages, acknowledged) {
        for (const message of messages) {
          await output.write(message.bytes);
          acknowledged(message);
        }
      },
      close: async () => undefined,
    }),
  };
}
