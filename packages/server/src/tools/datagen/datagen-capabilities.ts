import { z } from 'zod';
import { LOOKS } from '../annotations.ts';
import { defineTool } from '../tool.ts';

interface Capabilities {
  readonly tier: string;
  readonly limits: unknown;
  readonly available_field_types: readonly { readonly name: string }[];
}

export const datagenCapabilities = defineTool({
  name: 'datagen_capabilities',
  title: 'DataGen: capabilities',
  description: 'Tier, limits and locales of the key.',
  input: z.strictObject({}),
  output: z.looseObject({ tier: z.string(), limits: z.unknown() }),
  annotations: LOOKS,
  risk: 'read',
  permission: 'read',
  readsForeignData: false,
  isOfDatagen: true,
  call: async (_input, { api }) => {
    const { available_field_types: types, ...rest } = await api.json<Capabilities>('GET', '/api/v1/capabilities');
    return { ...rest, available_field_types: types.map(({ name }) => name) };
  },
});
