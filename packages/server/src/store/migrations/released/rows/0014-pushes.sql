INSERT INTO run (id, workspace_id, project_id, kind, state, subject_id, params, total_rows, row_count, attempt, result, started_at, ended_at, created_by, request_id) VALUES
  ('run_push', 'ws_one', 'proj_one', 'push', 'done', 'tmpl_purge', '{"template_id":"tmpl_purge","connection_id":"conn_one","table":"order","seed":"s"}', 2, 2, 1, '{"written":2,"position":2}',
   '2026-03-11T10:00:00Z', '2026-03-11T10:00:05Z', 'usr_owner', 'req_00000000-0000-0000-0000-000000000005');
INSERT INTO push_receipt (run_id, workspace_id, plan, state, holder, updated_at) VALUES
  ('run_push', 'ws_one', '{"from":0,"to":2,"table":{"schema":"public","name":"order"},"columns":{"id":"order_id"}}', '{"position":2,"sent":2,"written":2,"skipped":0,"failed":0,"unknown":0,"resent":0,"failures":[],"chunk":null,"keys":{"ranges":[],"others":[],"isComplete":true},"check":null}', 'worker', '2026-03-11T10:00:05Z');
