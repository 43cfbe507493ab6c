INSERT INTO api_key (id, workspace_id, project_id, person_id, hash, display, name, scopes) VALUES
  ('key_for_mcp', 'ws_one', NULL, 'usr_member', '\x27', 'dmk_member_g…', 'for an editor', ARRAY['read', 'generate']);
