INSERT INTO audit_entry (id, workspace_id, project_id, person_id, credential_id, action, subject_id, details, request_id, at) VALUES
  ('aud_export', 'ws_one', 'proj_one', 'usr_member', 'key_member', 'export.started', 'set_rows', '{"rows": 2}', 'req_3', '2026-03-09Z');
