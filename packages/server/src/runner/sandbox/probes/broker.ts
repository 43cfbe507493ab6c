import type { Probe } from './probe.ts';

/** Where the socket of the job's own broker is, inside. */
export const BROKER_SOCKET = '/run/datamaker/broker.sock';

/**
 * Says things to the broker and reads until it closes. What is answered with 200 has reached the API; its answer has the headers, and the
 * body as it came.
 */
const PRELUDE = `
def say(*pieces, path="${BROKER_SOCKET}"):
  link = socket.socket(socket.AF_UNIX); link.settimeout(5); link.connect(path)
  answer = b""
  try:
    for piece in pieces: link.sendall(piece)
  except (BrokenPipeError, ConnectionResetError): pass
  try:
    while (more := link.recv(65536)): answer += more
  except (ConnectionResetError, TimeoutError): pass
  return answer.decode("latin-1")

def passes(answer):
  if " 200 " in answer.split("\\r\\n")[0]: reached(answer[:200])

def request(line, *headers, body=b""):
  return "\\r\\n".join([line + " HTTP/1.1", "Host: x", "Connection: close", *headers, "", ""]).encode("latin-1") + body

own = "Authorization: Bearer " + facts["broker"]["token"]
other = "Authorization: Bearer " + facts["broker"]["otherToken"]
`;

const probe = (name: string, tries: string, code: string): Probe => ({ name, tries, code: `${PRELUDE}\n${code}` });

/** Ways out through the broker of a run. They need one, and another run beside it: see broker.escape.test.ts. */
export const BROKER_PROBES: readonly Probe[] = [
  probe(
    'broker-stolen-token',
    'Use the token of another run at the own socket.',
    'passes(say(request("GET /a", other)))',
  ),
  probe('broker-no-token', 'Ask without a token.', 'passes(say(request("GET /a")))'),
  probe(
    'broker-two-tokens',
    'Bring the own token and that of another run.',
    'passes(say(request("GET /a", own, "X-Api-Key: " + facts["broker"]["otherToken"])))',
  ),
  probe(
    'broker-other-socket',
    'Use a stolen token at the socket that it is for.',
    'passes(say(request("GET /a", other), path=facts["broker"]["otherSocket"]))',
  ),
  probe(
    'broker-other-files',
    'Read a file of another run.',
    'open(facts["broker"]["otherFile"]).read(); reached("readable")',
  ),
  probe(
    'broker-socket-replaced',
    'Put a socket of the own in the place of the broker.',
    `os.rename("${BROKER_SOCKET}", "${BROKER_SOCKET}.old"); reached("moved")`,
  ),
  probe('broker-tunnel', 'Have the broker make a tunnel.', 'passes(say(request("CONNECT 127.0.0.1:5432", own)))'),
  probe(
    'broker-upgrade',
    'Speak something else than HTTP.',
    `
answer = say(request("GET /a", own, "Upgrade: websocket").replace(b"Connection: close", b"Connection: Upgrade"))
if " 101 " in answer or " 200 " in answer: reached(answer[:200])`,
  ),
  probe(
    'broker-other-host',
    'Have the broker ask another host, as a proxy does.',
    'passes(say(request("GET http://169.254.169.254/latest", own)))',
  ),
  probe('broker-trace', 'Have a request sent back with what the broker adds.', 'passes(say(request("TRACE /a", own)))'),
  probe(
    'broker-oversize',
    'Send a body that is too large, of a length that is told.',
    'passes(say(request("POST /a", own, "Content-Length: 2000000000", body=b"x" * 100000)))',
  ),
  probe(
    'broker-oversize-in-chunks',
    'The same in chunks.',
    `
piece = b"100000\\r\\n" + b"x" * 0x100000 + b"\\r\\n"
passes(say(request("POST /a", own, "Transfer-Encoding: chunked"), *[piece] * 80, b"0\\r\\n\\r\\n"))`,
  ),
  probe(
    'broker-long-head',
    'Send headers without an end.',
    'passes(say(request("GET /a", own, "X-A: " + "a" * 100000)))',
  ),
  probe(
    'broker-two-lengths',
    'Hide a request in the body of another by two lengths.',
    'passes(say(request("POST /a", own, "Content-Length: 0", "Content-Length: 30", body=b"GET /hidden HTTP/1.1\\r\\n\\r\\n")))',
  ),
  probe(
    'broker-length-and-chunks',
    'The same by a length and chunks.',
    'passes(say(request("POST /a", own, "Content-Length: 5", "Transfer-Encoding: chunked", body=b"0\\r\\n\\r\\nGET /hidden HTTP/1.1\\r\\n\\r\\n")))',
  ),
  probe(
    'broker-line-in-header',
    'Hide a header in a value.',
    'passes(say(request("GET /a", own, "X-A: 1\\nX-Api-Key: stolen")))',
  ),
  probe(
    'broker-smuggled-headers',
    'Have headers passed on that say who asks, or whose connection it is.',
    `
answer = say(request("GET /a", own, "Cookie: session=1", "X-Forwarded-For: 10.0.0.1", "Forwarded: for=10.0.0.1", "Via: 1.1 x", "X-Real-Ip: 10.0.0.1"))
if " 200 " not in answer: raise ValueError(answer)
if "10.0.0.1" in answer or "session=1" in answer: reached(answer[-300:])`,
  ),
];
