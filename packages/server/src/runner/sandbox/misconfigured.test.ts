import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BwrapArguments } from './bwrap/bwrap-arguments.ts';
import type { BwrapParts } from './bwrap/bwrap-driver.ts';
import { assemble, CALL_NUMBER, give, JUMP_EQUAL, load } from './seccomp/bpf.ts';
import { ALLOW, type Architecture, callNumbers } from './seccomp/rules.ts';
import { openTestSandbox } from './testing/open-test-sandbox.ts';
import { script } from './testing/script.ts';
import { testFolder } from './testing/test-folder.ts';

type Change = (parts: BwrapParts) => BwrapParts;

const root = process.geteuid?.() === 0;
const options =
  (change: (options: readonly string[]) => readonly string[]): Change =>
  (parts) => ({
    ...parts,
    alter: ({ options, command }: BwrapArguments) => ({ options: change(options), command }),
  });
const without = (...words: string[]): Change => options((given) => given.filter((word) => !words.includes(word)));
const last = (...words: string[]): Change => options((given) => [...given, ...words]);
/** Puts one stretch of options in the place of another. */
const instead = (old: readonly string[], fresh: readonly string[]): Change =>
  options((given) => {
    const at = given.findIndex((_, index) => old.every((word, step) => given[index + step] === word));
    expect(at).toBeGreaterThanOrEqual(0);
    return [...given.slice(0, at), ...fresh, ...given.slice(at + old.length)];
  });

function looseEtc(): string {
  const folder = testFolder();
  writeFileSync(join(folder, 'passwd'), 'scenario:x:1000:1000::/tmp:/bin/sh\n');
  return folder;
}

/** Lets one call through, and asks the filter about the others. */
const letting =
  (call: string): Change =>
  (parts) => {
    const number = callNumbers(process.arch as Architecture)[call]!;
    const head = assemble([load(CALL_NUMBER), { code: JUMP_EQUAL, k: number, jt: 0, jf: 1 }, give(ALLOW)]);
    return { ...parts, filter: Buffer.concat([head, parts.filter]) };
  };

const asRoot: Change = (parts) => ({ ...parts, users: undefined, stage: undefined });
/** setpriv without its meaning: neither another user nor the guard, which is the four words behind `--`. */
const unguarded = (): string => script('while [ "$1" != -- ]; do shift; done; shift 5; exec "$@"');

const MISTAKES: readonly (readonly [string, Change, RegExp])[] = [
  ['no filter of system calls', (parts) => ({ ...parts, filter: assemble([give(ALLOW)]) }), /is open/],
  [
    'namespaces of users allowed',
    (parts) => letting('unshare')(without('--disable-userns')(parts)),
    /user-namespace is open/,
  ],
  ['clone not looked at', (parts) => letting('clone')(without('--disable-userns')(parts)), /clone-of-users is open/],
  ['io_uring let through', letting('io_uring_setup'), /io-uring is open/],
  ['keyrings let through', letting('keyctl'), /keyrings is open/],
  ['every family of sockets', letting('socket'), /is open/],
  ['a writable /etc', (parts) => last('--bind', looseEtc(), '/etc')(parts), /(certificates|writable-mounts) is open/],
  ['a writable /usr', instead(['--ro-bind', '/usr', '/usr'], ['--bind', '/usr', '/usr']), /programs is open/],
  [
    'the data of the host',
    instead(['--remount-ro', '/', '--chdir'], ['--ro-bind', '/var', '/srv', '--remount-ro', '/', '--chdir']),
    /home-folders is open/,
  ],
  ['the whole host over all', last('--ro-bind', '/', '/'), /is open|could be tried/],
  ['the /etc of the host', last('--ro-bind', '/etc', '/etc'), /host-users is open/],
  ['the /tmp of the host', last('--bind', '/tmp', '/tmp'), /host-file is open|could be tried/],
  [
    'the /sys of the host',
    instead(['--remount-ro', '/', '--chdir'], ['--ro-bind', '/sys', '/sys', '--chdir']),
    /sys is open/,
  ],
  ['the /dev of the host', last('--dev-bind', '/dev', '/dev'), /devices is open/],
  ['the /proc of the host', last('--ro-bind', '/proc', '/proc'), /processes is open/],
  ['the first process not hidden', without('/proc/1'), /is open|could not be made/],
  ['a writable root', instead(['--remount-ro', '/', '--chdir'], ['--chdir']), /write-root is open/],
  ['the network of the host', without('--unshare-net'), /abstract-socket is open|network-tables is open/],
  ['the name of the host', instead(['--hostname', 'sandbox'], []), /host-name is open/],
  ['the processes of the host', without('--unshare-pid'), /is open|could not be made/],
  [
    'the environment of the host',
    options((given) => [...given, '--setenv', 'KEY', process.env['DATAMAKER_SANDBOX_CANARY'] ?? '']),
    /environment is open/,
  ],
  [
    'rights of root in its namespace',
    instead(['--cap-drop', 'ALL'], ['--cap-add', 'CAP_SYS_ADMIN']),
    /capabilities is open/,
  ],
];

describe('a sandbox that is set up wrongly gives no driver', () => {
  it.each(MISTAKES)('%s', async (_, change, message) => {
    const opened = openTestSandbox(change);
    await expect(opened).rejects.toMatchObject({ name: 'SandboxError', message: expect.stringMatching(message) });
    await expect(opened).rejects.toMatchObject({ code: expect.stringMatching(/^sandbox_not_(tight|allowed)$/) });
  });

  it.runIf(root)('made by root: refused', async () => {
    await expect(openTestSandbox(asRoot)).rejects.toMatchObject({
      code: 'sandbox_not_allowed',
      message: expect.stringContaining('it would be made by root'),
    });
  });

  it.runIf(root)('made by root with nobody to refuse it: found', async () => {
    const change: Change = (parts) => ({ ...asRoot(parts), tools: { ...parts.tools, setpriv: unguarded() } });
    await expect(openTestSandbox(change)).rejects.toMatchObject({
      code: 'sandbox_not_tight',
      message: expect.stringContaining('user is open'),
    });
  });

  it.runIf(root)('users with root among them: refused', async () => {
    const { UserSlots } = await import('./bwrap/user-slots.ts');
    expect(() => new UserSlots({ first: 0, count: 4 })).toThrow(expect.objectContaining({ code: 'sandbox_settings' }));
  });

  it('bubblewrap that cannot start: no driver, and why', async () => {
    const broken = script("echo 'bwrap: No permissions to create new namespace' >&2; exit 1");
    const opened = openTestSandbox((parts) => ({ ...parts, tools: { ...parts.tools, bwrap: broken } }));
    await expect(opened).rejects.toMatchObject({
      code: 'sandbox_not_allowed',
      message: expect.stringContaining('No permissions'),
      hint: expect.stringContaining('user namespaces'),
    });
  });
});
