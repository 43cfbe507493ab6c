INSERT INTO scenario (id, workspace_id, project_id, version, name) VALUES ('scn_one', 'ws_one', 'proj_one', 2, 'Regression seeding');
INSERT INTO scenario (id, workspace_id, project_id, version, name, deleted_at, purge_at) VALUES
  ('scn_gone', 'ws_two', 'proj_two', 1, 'Gone', '2026-03-12Z', '2036-04-11Z');
INSERT INTO scenario_version (scenario_id, workspace_id, version, name, code, settings, needs, created_by) VALUES
  ('scn_one', 'ws_one', 1, 'Seeding', 'print("one")', '{"retryOnCrash":false,"timeoutSeconds":null}', '{"requirements":[],"requiresPython":null,"readBy":"3.12.4","problem":null}', 'usr_owner'),
  ('scn_one', 'ws_one', 2, 'Regression seeding', '# requirements: arrow~=1.3', '{"retryOnCrash":true,"timeoutSeconds":60}', '{"requirements":["arrow~=1.3"],"requiresPython":null,"readBy":"3.12.4","problem":null}', 'usr_owner'),
  ('scn_gone', 'ws_two', 1, 'Gone', 'print(', '{"retryOnCrash":false,"timeoutSeconds":null}', '{"requirements":[],"requiresPython":null,"readBy":null,"problem":{"message":"''('' was never closed","line":1,"column":6}}', 'usr_two');
INSERT INTO scenario_schedule (id, workspace_id, scenario_id, cron, time_zone, params, paused, next_at, last_at, last_run_id, created_by) VALUES
  ('sch_one', 'ws_one', 'scn_one', '0 6 * * 1-5', 'Europe/Berlin', '{"environment":"regression"}', false, '2036-03-12T05:00:00Z', '2026-03-12T05:00:00Z', 'run_scenario', 'usr_owner');
INSERT INTO run (id, workspace_id, project_id, kind, state, subject_id, params, total_rows, attempt, result, started_at, ended_at, created_by, request_id) VALUES
  ('run_scenario', 'ws_one', 'proj_one', 'scenario', 'done', 'scn_one', '{"scenario_version":2,"params":{"environment":"regression"}}', 0, 1,
   '{"attempts":[{"attempt":1,"started_at":"2026-03-12T05:00:00.000Z","ended_at":"2026-03-12T05:00:05.000Z","outcome":"done"}],"exit_code":0}',
   '2026-03-12T05:00:00Z', '2026-03-12T05:00:05Z', 'usr_owner', 'req_00000000-0000-0000-0000-000000000006');
-- Its bytes are what released.test.ts puts in a folder.
INSERT INTO run (id, workspace_id, project_id, kind, state, subject_id, params, total_rows, attempt, error, started_at, ended_at, created_by, request_id) VALUES
  ('run_logged', 'ws_00000000000000000007', 'proj_seven', 'scenario', 'failed', 'scn_x', '{"scenario_version":1,"params":{}}', 0, 1, '{"code":"scenario_failed","message":"ValueError: x"}',
   '2026-03-12T05:00:00Z', '2026-03-12T05:00:05Z', 'usr_seven', 'req_00000000-0000-0000-0000-000000000007');
INSERT INTO file_blob (id, workspace_id, state, byte_count) VALUES ('blob_00000000000000000015', 'ws_00000000000000000007', 'kept', 5);
INSERT INTO run_log (run_id, workspace_id, line_count, byte_count, dropped_bytes, kept_days, expires_at) VALUES
  ('run_logged', 'ws_00000000000000000007', 1, 5, 0, 90, '2036-06-10T05:00:05Z');
INSERT INTO run_log_chunk (run_id, workspace_id, first_byte, byte_count, first_line, line_count, blob_id, sha256) VALUES
  ('run_logged', 'ws_00000000000000000007', 0, 5, 0, 1, 'blob_00000000000000000015', '\xd117fa006ba9208500b2930ce69cbde436c647afa917cb7396a9bc9111a46dd2');
