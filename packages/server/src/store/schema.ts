import type { ColumnType, Generated, JSONColumnType } from 'kysely';

type Moment = ColumnType<Date, Date | string | undefined, Date | string>;
type OptionalMoment = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;

/** The tables, as the newest migration leaves them. */
export interface Schema {
  workspace: { id: string; name: string; created_at: Moment };
  project: { id: string; workspace_id: string; name: string; created_at: Moment };
  person: { id: string; workspace_id: string; name: string; role: string; created_at: Moment };
  api_key: {
    id: string;
    workspace_id: string;
    project_id: string;
    person_id: string;
    hash: Buffer;
    display: string;
    created_at: Moment;
    last_used_at: OptionalMoment;
    revoked_at: OptionalMoment;
  };
  template: {
    id: string;
    project_id: string;
    /** Order of creation, for keyset pagination. */
    ordinal: Generated<string>;
    version: number;
    created_at: Moment;
    updated_at: Moment;
    deleted_at: OptionalMoment;
  };
  template_version: {
    template_id: string;
    version: number;
    name: string;
    /** Template document without its name: fields, locale, weighting. As text, so that it comes back as it was written. */
    document: JSONColumnType<TemplateDocument, string, string>;
    created_at: Moment;
    created_by: string;
  };
}

export interface TemplateDocument {
  readonly fields: readonly unknown[];
  readonly locale?: string;
  readonly weighting?: string;
}
