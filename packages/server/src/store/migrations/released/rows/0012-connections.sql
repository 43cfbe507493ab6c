-- Sealed under the master key of tests, as the secrets before it.
INSERT INTO secret (id, workspace_id, project_id, kind, name, version, data_key_id, sealed, created_by, updated_by, last_used_at) VALUES
  ('sec_of_conn', 'ws_one', NULL, 'connection', 'conn_one', 1, 'dek_fzrjc1chpf1vv5j97m3w', '\xff0cc229b735d26d7ff527dbed5f389c4dfeab606ace78a4545b0a17520176c93434c57b8f610105394d1f7feac626180e2b98e5', 'usr_owner', 'usr_owner', '2026-03-09Z');
INSERT INTO connection (id, workspace_id, project_id, name, version, type, config, read_only, secret_id, verification, verified_at, catalogue, catalogue_names, catalogue_at, created_by, updated_by) VALUES
  ('conn_one', 'ws_one', 'proj_one', 'Orders', 2, 'postgres', '{"url":"postgres://db.example.org:5432/orders","auth":{"type":"basic","username":"tester"},"options":{"schemas":["public"]}}', true, 'sec_of_conn', '{"status":"verified","problem":null,"message":null,"hint":null,"server":{"product":"PostgreSQL","version":"17.2","notes":[]},"at":"2026-03-09T00:00:00.000Z"}', '2026-03-09Z', '\x789cab562a494cca492d56b28a8ed551cacb2fc94c86706a0179460901', '[]', '2026-03-09Z', 'usr_owner', 'usr_owner');
INSERT INTO connection (id, workspace_id, project_id, name, type, config, secret_ref, created_by, updated_by, deleted_at, purge_at) VALUES
  ('conn_gone', 'ws_one', 'proj_one', 'Orders', 'rest', '{"url":"https://api.example.org/","auth":{"type":"bearer"},"options":{}}', 'sec_token', 'usr_owner', 'usr_owner', '2026-03-09Z', '2036-04-08Z');
INSERT INTO column_mapping (template_id, connection_id, workspace_id, table_schema, table_name, columns, updated_by) VALUES
  ('tmpl_purge', 'conn_one', 'ws_one', 'public', 'order', '{"id":"order_id","note":null}', 'usr_owner');
