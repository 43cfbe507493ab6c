import { createServer } from 'node:http';

/** A server of its own process that parses what is posted, as each has to, and answers with a key; prints its port, ends with its standard input. */
let made = 0;
const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => void parts.push(part));
  request.on('end', () => {
    JSON.parse(String(parts.length === 1 ? parts[0] : Buffer.concat(parts)));
    const body = `{"id":${++made}}`;
    response.writeHead(201, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`);
});
process.stdin.resume().on('end', () => process.exit(0));
