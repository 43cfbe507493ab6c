/** An event of a stream, as a browser would see it. */
export interface LogEvent {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: string;
}

/** Reads server-sent events (HTML, 9.2.6) until the stream ends or `isEnough`. @param body of a POST; undefined: a GET */
export async function readEvents(
  url: string,
  headers: Readonly<Record<string, string>>,
  isEnough: (event: LogEvent) => boolean = () => false,
  body?: object,
): Promise<LogEvent[]> {
  const stop = new AbortController();
  const post = {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { ...headers, 'content-type': 'application/json' },
  };
  const response = await fetch(url, { ...(body === undefined ? { headers } : post), signal: stop.signal });
  if (!response.ok || response.body === null) throw new Error(`${response.status} ${await response.text()}`);
  const events: LogEvent[] = [];
  let open = '';
  try {
    for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
      open += text;
      for (let end = open.indexOf('\n\n'); end !== -1; end = open.indexOf('\n\n')) {
        const event = parse(open.slice(0, end));
        open = open.slice(end + 2);
        if (event === undefined) continue;
        events.push(event);
        if (!isEnough(event)) continue;
        stop.abort();
        return events;
      }
    }
  } catch (error) {
    // The connection broke: what came before is what a browser has.
    if (!stop.signal.aborted && (error as Error).name !== 'TypeError') throw error;
  }
  return events;
}

function parse(frame: string): LogEvent | undefined {
  const lines = frame.split('\n').filter((line) => !line.startsWith(':'));
  const of = (name: string): string[] =>
    lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));
  if (lines.length === 0 || lines.every((line) => line === '')) return undefined;
  return { event: of('event')[0] ?? 'message', id: of('id')[0], data: of('data').join('\n') };
}
