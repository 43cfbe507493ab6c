INSERT INTO workspace (id, name, plan) VALUES ('ws_00000000000000000007', 'With files', 'pro');
INSERT INTO project (id, workspace_id, name) VALUES ('proj_seven', 'ws_00000000000000000007', 'Default');
INSERT INTO person (id, workspace_id, name, role) VALUES ('usr_seven', 'ws_00000000000000000007', 'Seven', 'owner');
INSERT INTO saved_set (id, workspace_id, project_id, name, version, deleted_at, purge_at) VALUES
  ('set_rows', 'ws_one', 'proj_one', 'reg_bp_de', 2, NULL, NULL), ('set_made', 'ws_two', 'proj_two', 'made', 1, NULL, NULL),
  ('set_gone', 'ws_one', 'proj_one', 'reg_bp_de', 1, '2026-03-06Z', '2036-04-05Z');
INSERT INTO set_version (set_id, workspace_id, version, row_count, byte_count, sha256, columns, template_id, template_version, seed, engine_version, recipe, created_by) VALUES
  ('set_rows', 'ws_one', 1, 0, 0, '\xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '["id"]', NULL, NULL, NULL, NULL, NULL, 'usr_owner'),
  ('set_rows', 'ws_one', 2, 2, 46, '\x6f5f7f35a6cb2b8095f3e1e142665b6b159886b98915c0ba8ebafeac1ee7940c', '["id", "name"]', NULL, NULL, NULL, NULL, NULL, 'usr_member'),
  ('set_gone', 'ws_one', 1, 0, 0, '\xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '[]', NULL, NULL, NULL, NULL, NULL, 'usr_owner'),
  ('set_made', 'ws_two', 1, 3, 27, '\x2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881', '["e"]', 'tmpl_two', 1, '18446744073709551615', '0.1.0',
   '{"template":{"id":"tmpl_two","name":"of others","fields":[{"name":"e","type":"email"}]},"nested":{},"seed":"18446744073709551615","count":3,"now":1772000000000}', 'usr_two');
INSERT INTO set_chunk (set_id, workspace_id, version, first_row, row_count, data) VALUES
  ('set_rows', 'ws_one', 2, 0, 2, '\x789cab56ca4c51b232d451ca4bcc4d55b252f23ebca4242355a996ab1a2c610493c82bcdc9a9e5020050ec0e86');
INSERT INTO file_blob (id, workspace_id, state, byte_count) VALUES
  ('blob_00000000000000000007', 'ws_00000000000000000007', 'kept', 5),
  ('blob_00000000000000000008', 'ws_00000000000000000007', 'doomed', 9),
  ('blob_00000000000000000009', 'ws_00000000000000000007', 'writing', 52428800);
-- Its bytes are what released.test.ts puts in a folder.
INSERT INTO workspace_file (id, workspace_id, project_id, name, blob_id, byte_count, sha256, content_type, kind, uploaded_by) VALUES
  ('file_one', 'ws_00000000000000000007', 'proj_seven', 'lookups/ids.csv', 'blob_00000000000000000007', 5, '\x7cde7fb64fd82bd152710cf238e017b9ab46c0592483edc067ba4f6c75fac108', 'text/csv; charset=utf-8', 'csv', 'usr_seven');
