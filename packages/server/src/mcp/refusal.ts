/** An answer of JSON-RPC to a request that cannot be served. @param code of servers, or of JSON-RPC for what is not well-formed */
export const refusal = (
  status: number,
  message: string,
  headers: Record<string, string> = {},
  code = -32600,
): Response =>
  new Response(JSON.stringify({ jsonrpc: '2.0', id: null, error: { code, message } }), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });
