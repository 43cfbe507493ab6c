import type { DatabaseSchema } from './schema/schema.ts';

/**
 * The entity sets of an OData $metadata document as tables, as a session with the service describes them. Its reader is loaded when it is
 * asked for: it needs libraries that nobody else does.
 * @throws ConnectionError protocol, when it is none
 */
export async function schemaOfMetadata(text: string): Promise<DatabaseSchema> {
  const [{ readMetadata }, { toSchema }] = await Promise.all([
    import('./sap-odata/metadata/read-metadata.ts'),
    import('./sap-odata/metadata/to-schema.ts'),
  ]);
  return toSchema(readMetadata(text));
}
