import type { Probe } from './probe.ts';

/**
 * What other products were escaped by. Their fences were in the language; here the language may do what it likes, and what it
 * reaches by that is the same nothing.
 */
export const LESSON_PROBES: readonly Probe[] = [
  {
    name: 'object-graph',
    tries: 'Walk from an empty tuple to a module of the system (n8n CVE-2025-68613, vm2, expression sandboxes).',
    code: `
for each in ().__class__.__base__.__subclasses__():
  init = getattr(each, "__init__", None)
  system = getattr(init, "__globals__", {}).get("sys") if init else None
  if system:
    system.modules["builtins"].open(facts["file"]).read()
    reached("read")`,
  },
  {
    name: 'format-and-traceback',
    tries: 'Reach frames by an exception and globals by a format (n8n CVE-2026-0863).',
    code: `
try: raise ValueError
except ValueError as error: frame = error.__traceback__.tb_frame
frame.f_builtins["open"]("{0}".format(facts["file"])).read()
reached("read")`,
  },
  {
    name: 'decorators-and-defaults',
    tries: 'Run code in decorators and defaults, where others only meant to check it (Langflow CVE-2025-3248).',
    code: `
exec("def checked(found=open(" + repr(facts["file"]) + ").read()): pass")
reached("read")`,
  },
  {
    name: 'foreign-functions',
    tries: 'Call the C library past Python (n8n CVE-2025-68668, Grist CVE-2026-24002: the interpreter was the fence).',
    code: `
if libc.open(facts["file"].encode(), 0) >= 0: reached("opened")`,
  },
  {
    name: 'shell',
    tries: 'Have a shell read it.',
    code: `
found = subprocess.run(["/bin/sh", "-c", 'cat "$1"', "sh", facts["file"]], capture_output=True)
if facts["canary"].encode() in found.stdout: reached("read")`,
  },
];
