INSERT INTO run (id, workspace_id, project_id, kind, state, subject_id, params, total_rows, row_count, attempt, result, started_at, ended_at, created_by, request_id) VALUES
  ('run_undo_push', 'ws_one', 'proj_one', 'undo', 'done', 'conn_one', '{"connection_id":"conn_one","undo_of":"run_push","edited":"refuse"}', 2, 2, 1, '{"done":true,"removed":2}',
   '2026-03-11T11:00:00Z', '2026-03-11T11:00:05Z', 'usr_owner', 'req_00000000-0000-0000-0000-000000000007'),
  ('run_seed_doubt', 'ws_one', 'proj_one', 'seed', 'failed', 'conn_one', '{"connection_id":"conn_one","seed":"s","mode":"chunks"}', 2, 0, 1, '{"rows":0,"tables":[],"closing":false}',
   '2026-03-12T10:00:00Z', '2026-03-12T10:00:05Z', 'usr_owner', 'req_00000000-0000-0000-0000-000000000008');
UPDATE push_receipt SET undo_run_id = 'run_undo_push', undone_at = '2026-03-11T11:00:05Z' WHERE run_id = 'run_push';
INSERT INTO seed_receipt (run_id, workspace_id, target, mode, plan, chunks, begun, updated_at)
  SELECT 'run_seed_doubt', workspace_id, target, mode, plan, '[]', '{"table":"public.t","from":0,"to":2,"pass":"first"}', updated_at
    FROM seed_receipt WHERE run_id = 'run_seed';
