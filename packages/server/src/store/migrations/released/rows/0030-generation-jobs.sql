-- Its bytes are what released.test.ts puts in a folder.
INSERT INTO file_blob (id, workspace_id, state, byte_count) VALUES ('blob_00000000000000000030', 'ws_00000000000000000007', 'kept', 5);
INSERT INTO run (id, workspace_id, project_id, kind, state, subject_id, params, total_rows, row_count, byte_count, attempt, error, started_at, ended_at, expires_at, created_by, request_id)
  SELECT 'run_parts', workspace_id, project_id, 'generation_job', 'failed', 'tmpl_purge', '{"template_id":"tmpl_purge","template_version":1,"format":"csv","count":2,"seed":"s","sink":"files","parts":2,"part_rows":1}',
         2, 1, 5, 1, '{"code":"unavailable","message":"the file store cannot be reached at the moment; try again"}', started_at, ended_at, ended_at, created_by, request_id
    FROM run WHERE id = 'run_logged';
INSERT INTO generation_job (run_id, workspace_id, recipe, sink, part_count, engine_version, plan_sha256, about) VALUES
  ('run_parts', 'ws_00000000000000000007',
   '{"template":{"id":"tmpl_purge","name":"t","version":1,"document":{"fields":[{"name":"id","type":"sequence"}]}},"nested":[],"request":{"format":"csv","count":2},"seed":"s","now":1790000000000}',
   'files', 2, '0.1.0', '\x00', '{"format":"csv","contentType":"text/csv; charset=utf-8","fileName":"tmpl_purge.csv","locale":"en","sensitive":[]}');
INSERT INTO generation_job_part (run_id, number, workspace_id, first_row, end_row, attempt, fault_count, row_count, byte_count, sha256, blob_id, started_at, ended_at)
  SELECT 'run_parts', 1, workspace_id, 0, 1, 1, 0, 1, 5, '\x7cde7fb64fd82bd152710cf238e017b9ab46c0592483edc067ba4f6c75fac108', 'blob_00000000000000000030', started_at, ended_at FROM run WHERE id = 'run_logged';
INSERT INTO generation_job_part (run_id, number, workspace_id, first_row, end_row, attempt, fault_count) VALUES ('run_parts', 2, 'ws_00000000000000000007', 1, 2, 4, 4);
