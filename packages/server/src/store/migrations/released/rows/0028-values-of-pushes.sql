-- Their bytes are what released.test.ts puts in a folder.
INSERT INTO file_blob (id, workspace_id, state, byte_count) VALUES ('blob_00000000000000000028', 'ws_00000000000000000007', 'kept', 7);
INSERT INTO run (id, workspace_id, project_id, kind, state, subject_id, params, total_rows, row_count, attempt, result, started_at, ended_at, created_by, request_id)
  SELECT 'run_made', workspace_id, project_id, 'push', 'done', 'tmpl_purge', '{"template_id":"tmpl_purge","connection_id":"conn_one","table":"order","seed":"s"}', 2, 2, 1, '{"written":2,"position":2}',
         started_at, ended_at, created_by, request_id
    FROM run WHERE id = 'run_logged';
INSERT INTO push_receipt (run_id, workspace_id, plan, state, holder, updated_at, values_blob_id, values_bytes, values_sha256)
  SELECT 'run_made', 'ws_00000000000000000007', plan, state, holder, updated_at, 'blob_00000000000000000028', 7, '\x8839d4127b73fefc0324a5a1b27b6f5cce4bed7fab0b73ee7f138c64c47b2573'
    FROM push_receipt WHERE run_id = 'run_push';
