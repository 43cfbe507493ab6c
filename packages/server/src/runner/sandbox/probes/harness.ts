import type { Probe, ProbeFacts } from './probe.ts';

/**
 * A Python program that runs probes, each in a process of its own, so that one that is killed has told something too. It prints a
 * line of JSON for each.
 */
export function harness(probes: readonly Probe[], facts: ProbeFacts): string {
  const bodies = probes.map(({ name, code }) => [name, code]);
  return `${PRELUDE}
facts = json.loads(${pythonText(JSON.stringify(facts))})
for name, code in json.loads(${pythonText(JSON.stringify(bodies))}):
  print(json.dumps({"name": name, **tried(code)}), flush=True)
`;
}

/** A literal of Python. JSON's strings are ones, too, when everything beyond ASCII is escaped. */
const pythonText = (text: string): string =>
  JSON.stringify(text).replace(/[\u007f-\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);

const PRELUDE = `
import ctypes, errno, fcntl, glob, json, mmap, os, resource, signal, socket, stat, struct, subprocess, sys

libc = ctypes.CDLL(None, use_errno=True)
ours = set()

class Reached(Exception): pass
class Denied(Exception): pass

def reached(what): raise Reached(what)
def denied(why): raise Denied(why)

def syscall(name, *given):
  number = facts["numbers"].get(name)
  if number is None: denied("not on this architecture")
  result = libc.syscall(ctypes.c_long(number), *[ctypes.c_long(one) if isinstance(one, int) else one for one in given])
  if result < 0: raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
  return result

def forbidden(name, *given):
  """Shut means that the kernel says so before it looks at the arguments."""
  try: syscall(name, *given)
  except OSError as error:
    if error.errno in (errno.EPERM, errno.ENOSYS, errno.EAFNOSUPPORT): denied(str(error))
    reached("got as far as " + str(error))
  reached("done")

def verdict(code):
  try: exec(code, dict(globals()))
  except Reached as found: return "open", str(found)
  except Denied as why: return "denied", str(why)
  except OSError as error: return "denied", str(error)
  except BaseException as error: return "broken", repr(error)
  return "denied", "nothing found"

def tried(code):
  reader, writer = os.pipe()
  child = os.fork()
  if child == 0:
    signal.alarm(10)
    ours.update((reader, writer))
    os.write(writer, json.dumps(verdict(code)).encode()[:4000])
    os._exit(0)
  os.close(writer)
  with os.fdopen(reader, "rb") as answer: said = answer.read()
  ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
  if said: kind, detail = json.loads(said)
  elif ended == -signal.SIGSYS: kind, detail = "denied", "killed by SIGSYS"
  elif ended == -signal.SIGSEGV: kind, detail = "denied", "killed by SIGSEGV"
  else: kind, detail = "broken", "ended with " + str(ended)
  return {"verdict": kind, "detail": detail[:300]}
`;
