const PATIENCE_MS = 5000;
const MOST_BYTES = 2 * 1024 * 1024;
const METRIC = /^(# (HELP|TYPE) )?(datamaker|process|nodejs)_/;

/** What a server that is running says of itself. */
export interface ServerTold {
  readonly readiness: object;
  /** In the text format of Prometheus; undefined: it has none, or they cannot be read. */
  readonly metrics?: string;
}

/** Asks the server at an address; what answers there may be anything. @param token of metrics */
export async function askServer(url: string, token: string | undefined): Promise<ServerTold> {
  const ready = await get(`${url}/readyz`, {});
  if (ready === undefined) return { readiness: { unread: 'nobody answers' } };
  const answer =
    (await get(`${url}/metrics`, token === undefined ? {} : { authorization: `Bearer ${token}` })) ?? ready;
  const lines = answer.text.split('\n').filter((line) => METRIC.test(line));
  return {
    readiness: { status: ready.status, ...checksOf(ready.text) },
    ...(lines.length === 0 ? {} : { metrics: `${lines.join('\n')}\n` }),
  };
}

/** Of a body no more than is known to be in it. */
function checksOf(text: string): object {
  const found = /"status":\s*"(ready|draining)"/.exec(text)?.[1] ?? /"code":\s*"([a-z_]{1,40})"/.exec(text)?.[1];
  return found === undefined ? {} : { told: found };
}

async function get(url: string, headers: Record<string, string>) {
  try {
    const response = await fetch(url, { headers, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) });
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > MOST_BYTES) break;
    }
    return { status: response.status, text };
  } catch {
    return undefined;
  }
}
