import { z } from 'zod';
import { LOOKS } from '../annotations.ts';
import { defineTool } from '../tool.ts';

interface FieldType {
  readonly name: string;
  readonly category: string;
  readonly description: string;
}

const inShort = ([category, types = []]: [string, FieldType[] | undefined]) => ({
  category,
  names: types.map(({ name }) => name),
});

export const datagenFieldTypes = defineTool({
  name: 'datagen_field_types',
  title: 'DataGen: field types',
  description: 'Names and categories of field types; with `category` or `search`, all about those.',
  input: z.strictObject({ category: z.string().max(60).optional(), search: z.string().max(100).optional() }),
  output: z.strictObject({ type_count: z.int(), field_types: z.array(z.unknown()) }),
  annotations: LOOKS,
  risk: 'read',
  permission: 'read',
  readsForeignData: false,
  isOfDatagen: true,
  call: async ({ category, search }, { api }) => {
    const { field_types: all } = await api.json<{ field_types: readonly FieldType[] }>('GET', '/api/v1/field-types');
    const wanted = all.filter(
      (type) =>
        (category === undefined || type.category === category) &&
        (search === undefined || `${type.name} ${type.description}`.toLowerCase().includes(search.toLowerCase())),
    );
    const isShort = category === undefined && search === undefined;
    const shown = isShort ? Object.entries(Object.groupBy(wanted, (type) => type.category)).map(inShort) : [...wanted];
    return { type_count: wanted.length, field_types: shown };
  },
});
