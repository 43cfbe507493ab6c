UPDATE workspace SET plan = 'free' WHERE id = 'ws_two';
INSERT INTO person (id, workspace_id, name, role, removed_at) VALUES
  ('usr_viewer', 'ws_one', 'Viewer', 'viewer', NULL), ('usr_left', 'ws_one', 'Left', 'member', '2026-03-01Z');
INSERT INTO api_key (id, workspace_id, project_id, person_id, hash, display, name, read_only, expires_at) VALUES
  ('key_viewer', 'ws_one', NULL, 'usr_viewer', '\x04', 'dmk_viewer_d…', 'for reports', true, '2036-01-01Z'),
  ('key_scoped', 'ws_one', 'proj_one', 'usr_member', '\x05', 'dmk_member_e…', 'for one project', false, NULL);
INSERT INTO audit_entry (id, workspace_id, project_id, person_id, credential_id, action, subject_id, details, request_id) VALUES
  ('aud_one', 'ws_one', 'proj_one', 'usr_owner', 'key_owner', 'template.created', 'tmpl_one', '{"name": "first"}', 'req_1'),
  ('aud_two', 'ws_two', NULL, NULL, NULL, 'workspace.changed', NULL, '{}', NULL);
INSERT INTO request_claim (workspace_id, person_id, route, request_key, request_hash, status, headers, body) VALUES
  ('ws_one', 'usr_owner', 'POST /templates', 'k1', '\x01', 201, '{"etag": "\"1\""}', '\x7b7d'),
  ('ws_one', 'usr_owner', 'POST /templates', 'k2', '\x02', NULL, NULL, NULL);
