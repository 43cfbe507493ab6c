import { z } from 'zod';
import type { ActFilter } from '../../services/audit-service.ts';
import type { StoredAct } from '../../store/audit.ts';

const moment = z.iso
  .datetime({ offset: true, error: 'a time is written as in RFC 3339, with Z or an offset at its end' })
  .transform((text) => new Date(text));
const word = z.string('give it once').min(1, 'it must not be empty').max(80, 'it has at most 80 characters');

/** Filters of the audit, as they are in a query. */
export const actFilter = {
  action: word.optional().meta({ example: 'template.changed' }),
  person: word.optional().meta({ description: 'The id of who did it.' }),
  subject: word.optional().meta({ description: 'The id of what it was done to.' }),
  from: moment.optional().meta({ description: 'From this time on.' }),
  to: moment.optional().meta({ description: 'Before this time.' }),
};

export interface ActQuery {
  readonly action?: string | undefined;
  readonly person?: string | undefined;
  readonly subject?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

export const toActFilter = ({ action, person, subject, from, to }: ActQuery): ActFilter => ({
  action,
  personId: person,
  subjectId: subject,
  from,
  to,
});

export const actSchema = z
  .object({
    id: z.string().meta({ example: 'aud_8d3kq0vx2m5ra7cz4n1w' }),
    at: z.iso.datetime(),
    action: z.string().meta({ example: 'template.changed' }),
    personId: z.string().nullable().meta({ description: 'Who did it.' }),
    credentialId: z.string().nullable().meta({ description: 'With which key or session.' }),
    subjectId: z.string().nullable().meta({ description: 'What it was done to.' }),
    projectId: z.string().nullable(),
    details: z.record(z.string(), z.unknown()),
    requestId: z.string().nullable(),
  })
  .meta({ id: 'Act' });

export const presentAct = (act: StoredAct): z.input<typeof actSchema> => ({
  id: act.id,
  at: act.at.toISOString(),
  action: act.action,
  personId: act.person_id,
  credentialId: act.credential_id,
  subjectId: act.subject_id,
  projectId: act.project_id,
  details: act.details,
  requestId: act.request_id,
});
