import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { normalName } from '../environment-lock.ts';
import { makePackage, type TestFile, type TestPackage } from './make-wheel.ts';

/** An index of packages on loopback (PEP 503). */
export class PackageServer {
  readonly #files = new Map<string, TestFile[]>();
  readonly #server: Server;
  /** Paths that were asked for, in order. */
  readonly asked: string[] = [];
  /** What every request has to bring as user and password. */
  credentials: string | undefined;
  /** Takes requests and answers none. */
  isSilent = false;
  port = 0;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(packages: readonly TestPackage[]): Promise<PackageServer> {
    const server = createServer();
    const index = new PackageServer(server);
    server.on('request', (request, response) => {
      const path = decodeURIComponent(request.url ?? '');
      index.asked.push(path);
      if (index.isSilent) return;
      const { authorization = '' } = request.headers;
      if (index.credentials !== undefined && authorization !== `Basic ${btoa(index.credentials)}`) {
        response.writeHead(401, { 'www-authenticate': 'Basic' }).end();
        return;
      }
      const answer = index.#answer(path);
      if (answer === undefined) response.writeHead(404).end();
      else
        response
          .writeHead(200, { 'content-type': answer.type, 'content-length': answer.bytes.length })
          .end(answer.bytes);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    index.port = (server.address() as AddressInfo).port;
    for (const one of packages) await index.add(one);
    return index;
  }

  /** `INDEX` in what it requires is where files are. @returns the SHA-256 of its file */
  async add(one: TestPackage): Promise<string> {
    const requires = (one.requires ?? []).map((line) => line.replace('INDEX', `http://127.0.0.1:${this.port}/files`));
    const file = await makePackage({ ...one, requires });
    const name = normalName(one.name);
    const rest = (this.#files.get(name) ?? []).filter((other) => other.file !== file.file);
    this.#files.set(name, [...rest, file]);
    return file.sha256;
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}/simple`;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #answer(path: string): { type: string; bytes: Buffer } | undefined {
    const [, what, name = '', file] = path.split('/');
    const files = this.#files.get(name);
    if (what === 'simple' && files !== undefined) {
      const links = files.map(
        (one) => `<a href="/files/${name}/${one.file}#sha256=${one.sha256}"${one.attributes}>${one.file}</a>`,
      );
      return {
        type: 'text/html',
        bytes: Buffer.from(`<!DOCTYPE html><html><body>${links.join('<br>')}</body></html>`),
      };
    }
    const found = files?.find((one) => one.file === file);
    return what === 'files' && found !== undefined ? { type: 'application/zip', bytes: found.bytes } : undefined;
  }
}
