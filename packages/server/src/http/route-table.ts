import type { FastifyInstance } from 'fastify';

interface Row {
  readonly method: string;
  readonly path: string;
  readonly pattern: RegExp;
}

/** The routes of an app, as they are registered after this is made. */
export class RouteTable {
  readonly #rows: Row[] = [];

  constructor(app: FastifyInstance) {
    app.addHook('onRoute', ({ method, url }) => {
      // What answers for every path is no route of any.
      if (url === '*') return;
      for (const one of [method].flat()) this.#rows.push({ method: one, path: url, pattern: patternOf(url) });
    });
  }

  /** Methods that a concrete path takes. */
  methodsOf(path: string): string[] {
    const bare = path.length > 1 ? path.replace(/\/$/, '') : path;
    return [...new Set(this.#rows.filter(({ pattern }) => pattern.test(bare)).map(({ method }) => method))];
  }
}

/** `/templates/:ref/generate` as an expression: a parameter is one step of a path, a star all that is left. */
const patternOf = (url: string): RegExp =>
  new RegExp(
    `^${url
      .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replace(/:[A-Za-z_]+/g, '[^/]+')
      .replace(/\*/g, '.*')}$`,
  );
