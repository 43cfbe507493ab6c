INSERT INTO template (id, workspace_id, project_id, version, deleted_at, purge_at) VALUES
  ('tmpl_purge', 'ws_one', 'proj_one', 1, '2026-03-08Z', '2036-04-07Z');
INSERT INTO template_version (template_id, workspace_id, version, name, document, created_by) VALUES
  ('tmpl_purge', 'ws_one', 1, 'to be purged', '{"fields":[]}', 'usr_owner');
INSERT INTO set_version (set_id, workspace_id, version, row_count, byte_count, sha256, columns, sensitive, created_by) VALUES
  ('set_made', 'ws_two', 2, 0, 0, '\x00', '["email", "n"]', '["email"]', 'usr_two');
UPDATE saved_set SET version = 2 WHERE id = 'set_made';
