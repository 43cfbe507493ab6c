import { z } from 'zod';
import type { StoredFile } from '../../store/files.ts';

/** A workspace file, without its bytes. */
export const fileSchema = z
  .object({
    id: z.string().meta({ example: 'file_8d3kq0vx2m5ra7cz4n1w' }),
    name: z.string().meta({ example: 'lookups/postcodes.json' }),
    size: z.int().min(0).meta({ description: 'Bytes.' }),
    kind: z.enum(['csv', 'json', 'ndjson', 'yaml', 'xlsx', 'text']).meta({ description: 'By its content.' }),
    content_type: z.string(),
    sha256: z.string(),
    created_at: z.iso.datetime().meta({ description: 'When there was a file of that name first.' }),
    uploaded_at: z.iso.datetime(),
    uploaded_by: z.string(),
  })
  .meta({ id: 'WorkspaceFile' });

export const presentFile = (file: StoredFile): z.input<typeof fileSchema> => ({
  id: file.id,
  name: file.name,
  size: file.bytes,
  kind: file.kind as z.input<typeof fileSchema>['kind'],
  content_type: file.contentType,
  sha256: file.sha256.toString('hex'),
  created_at: file.createdAt.toISOString(),
  uploaded_at: file.uploadedAt.toISOString(),
  uploaded_by: file.uploadedBy,
});
