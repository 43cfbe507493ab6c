INSERT INTO run (id, workspace_id, project_id, kind, state, subject_id, params, recipe, total_rows, row_count, byte_count, attempt, output, error, started_at, ended_at, expires_at, created_by, request_id) VALUES
  ('run_queued', 'ws_one', 'proj_one', 'generation', 'queued', 'tmpl_one', '{"template_id":"tmpl_one","template_version":1,"from":0,"to":5,"format":"csv","seed":"s"}',
   '{"template":{"id":"tmpl_one","name":"queued","fields":[{"name":"id","type":"uuid"}]},"nested":[],"request":{"to":5,"format":"csv"},"seed":"s","now":1772000000000}',
   5, 0, 0, 0, NULL, NULL, NULL, NULL, NULL, 'usr_owner', 'req_00000000-0000-0000-0000-000000000001'),
  ('run_failed', 'ws_two', 'proj_two', 'generation', 'failed', 'tmpl_two', '{}', NULL, 9, 3, 30, 3, NULL, '{"code":"worker_lost","message":"three workers died of it"}',
   '2026-03-07T10:00:00Z', '2026-03-07T10:00:05Z', NULL, 'usr_two', 'req_00000000-0000-0000-0000-000000000002');
