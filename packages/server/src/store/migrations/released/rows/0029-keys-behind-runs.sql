INSERT INTO scenario_schedule (id, workspace_id, scenario_id, cron, time_zone, params, paused, created_by, scopes, key_id) VALUES
  ('sch_by_key', 'ws_one', 'scn_one', '0 7 * * *', 'UTC', '{}', true, 'usr_member', ARRAY['run'], 'key_for_mcp');
INSERT INTO run (id, workspace_id, project_id, kind, state, subject_id, params, total_rows, attempt, result, started_at, ended_at, created_by, scopes, key_id, request_id)
  SELECT 'run_by_key', workspace_id, project_id, kind, state, subject_id, params, total_rows, attempt, result, started_at, ended_at, 'usr_member', ARRAY['run'], 'key_for_mcp',
         'req_00000000-0000-0000-0000-000000000029'
    FROM run WHERE id = 'run_scenario';
