interface Document {
  paths?: Record<string, Record<string, { responses?: Record<string, { description?: string }> }>>;
  components?: { responses?: Record<string, object> };
}

/** Describes each error once that routes have in common, under the names of its codes, and refers to it where it is. */
export function shareErrors<T extends object>(document: T): T {
  const { paths = {}, components = {} } = document as Document;
  const shared: Record<string, object> = {};
  for (const operation of Object.values(paths).flatMap((operations) => Object.values(operations))) {
    for (const [status, response] of Object.entries(operation.responses ?? {})) {
      const codes = [...(response.description ?? '').matchAll(/`(\w+)`:/g)].map(([, code]) => code);
      if (!/^[45]/.test(status) || codes.length === 0) continue;
      const name = nameOf(shared, codes.join('_or_'), response);
      shared[name] = response;
      Object.assign(operation.responses ?? {}, { [status]: { $ref: `#/components/responses/${name}` } });
    }
  }
  return { ...document, components: { ...components, responses: shared } };
}

/** Errors of the same codes differ where one has more headers than the other. */
function nameOf(shared: Readonly<Record<string, object>>, name: string, response: object): string {
  const text = JSON.stringify(response);
  for (let i = 1; ; i++) {
    const numbered = i === 1 ? name : `${name}_${i}`;
    if (shared[numbered] === undefined || JSON.stringify(shared[numbered]) === text) return numbered;
  }
}
