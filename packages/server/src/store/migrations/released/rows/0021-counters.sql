INSERT INTO counter (project_id, name, workspace_id, value) VALUES
  ('proj_one', 'customer_seq', 'ws_one', 4711);
