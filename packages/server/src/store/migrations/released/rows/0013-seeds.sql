INSERT INTO run (id, workspace_id, project_id, kind, state, subject_id, params, total_rows, row_count, attempt, result, started_at, ended_at, created_by, request_id) VALUES
  ('run_seed', 'ws_one', 'proj_one', 'seed', 'done', 'conn_one', '{"connection_id":"conn_one","seed":"s","mode":"chunks"}', 2, 2, 1, '{"rows":2,"tables":[{"table":"public.t","rows":2,"of":2}],"closing":false}',
   '2026-03-10T10:00:00Z', '2026-03-10T10:00:05Z', 'usr_owner', 'req_00000000-0000-0000-0000-000000000003'),
  ('run_undo', 'ws_one', 'proj_one', 'undo', 'done', 'conn_one', '{"connection_id":"conn_one","undo_of":"run_seed","edited":"refuse"}', 2, 2, 1, '{"done":true,"removed":2}',
   '2026-03-10T11:00:00Z', '2026-03-10T11:00:05Z', 'usr_owner', 'req_00000000-0000-0000-0000-000000000004');
INSERT INTO seed_receipt (run_id, workspace_id, target, mode, plan, chunks, updated_at, undo_run_id, undone_at) VALUES
  ('run_seed', 'ws_one', '{"type":"postgres","url":"postgres://db.example.org:5432/orders"}', 'chunks', '\x789cab562a4e4d4d51b2522a56d251cacb2f57b232343737363436b33000011da592c4a49cd46225abe858a03c5069b14b6a5a6a5111484f5a624e71aa8e5241513e50492e584d2d00acdf18e9', '[{"table":"public.t","from":0,"to":2,"pass":"first"}]', '2026-03-10T10:00:05Z', 'run_undo', '2026-03-10T11:00:05Z');
