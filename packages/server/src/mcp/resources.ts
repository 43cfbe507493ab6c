import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { Api } from '../tools/api/api.ts';

const JSON_TYPE = 'application/json';

/** What can be read, and where the API has it. */
const PLACES: ReadonlyMap<string, { readonly name: string; readonly title: string; readonly path: string }> = new Map([
  [
    'datagen://catalog/field-types',
    { name: 'field-types', title: 'All field types of DataGen', path: '/api/v1/field-types' },
  ],
  ['datagen://spec/openapi', { name: 'openapi', title: 'OpenAPI document of DataGen', path: '/api/v1/openapi.json' }],
  [
    'datagen://manifest/capabilities',
    { name: 'capabilities', title: 'What the key may do at DataGen', path: '/api/v1/capabilities' },
  ],
]);

export const RESOURCES = [...PLACES].map(([uri, { name, title }]) => ({ uri, name, title, mimeType: JSON_TYPE }));

/** @throws ProtocolError when there is no such resource */
export async function readResource(uri: string, api: Api) {
  const place = PLACES.get(uri);
  if (place === undefined) {
    const known = [...PLACES.keys()].join(', ');
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, `there is no such resource: there are ${known}`, { uri });
  }
  const { text } = await api.text('GET', place.path);
  return { contents: [{ uri, mimeType: JSON_TYPE, text }] };
}
