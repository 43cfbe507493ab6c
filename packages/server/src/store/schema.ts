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
    /** Template document without its name: fields, locale. As text, so that it comes back as it was written. */
    document: JSONColumnType<TemplateDocument, string, string>;
    created_at: Moment;
    created_by: string;
  };
  datagen_key: {
    id: string;
    hash: Buffer;
    display: string;
    tier: string;
    created_at: Moment;
    expires_at: Moment;
    revoked_at: OptionalMoment;
  };
  datagen_mint: { id: Generated<string>; address: Buffer; minted_at: Moment };
  datagen_usage: { key_id: string; day: string; calls: number; records: string };
  datagen_contract: {
    owner: string;
    id: string;
    hash: string;
    document: JSONColumnType<object, string, string>;
    created_at: Moment;
    expires_at: Moment;
  };
  datagen_answer: {
    key_id: string;
    request_key: Buffer;
    request_hash: Buffer;
    claim: string;
    recipe: JSONColumnType<object, string, string> | null;
    lease_until: Moment;
    expires_at: Moment;
  };
  /** What a language model answered, by the SHA-256 of what it was asked and for whom. */
  model_answer: { question: Buffer; answer: string; created_at: Moment };
}

export interface TemplateDocument {
  readonly fields: readonly unknown[];
  readonly locale?: string;
}
