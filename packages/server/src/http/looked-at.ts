import type { FastifyRequest } from 'fastify';
import type { StoredTemplate } from '../store/templates.ts';
import { sendExport } from './send-export.ts';

/**
 * Notes in the audit that real values are about to be shown in rows of a template, as of an export.
 * @param leaving the sensitive fields; none: nothing is noted
 * @param rows that are shown, or summed up
 */
export const lookedAt = (
  request: FastifyRequest,
  { id, version }: Pick<StoredTemplate, 'id' | 'version'>,
  leaving: readonly string[],
  rows: number,
): Promise<void> =>
  sendExport(request, { of: 'template', id, version, fields: leaving, rows, format: 'json' }, async (delivered) => {
    delivered(rows);
    return true;
  });
