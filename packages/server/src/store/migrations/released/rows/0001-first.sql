INSERT INTO workspace (id, name) VALUES ('ws_one', 'My workspace'), ('ws_two', 'Ünïcode 🚲 ''quoted''');
INSERT INTO project (id, workspace_id, name) VALUES ('proj_one', 'ws_one', 'Default'), ('proj_two', 'ws_two', 'Other');
INSERT INTO person (id, workspace_id, name, role) VALUES
  ('usr_owner', 'ws_one', 'Owner', 'owner'), ('usr_member', 'ws_one', 'Member', 'member'), ('usr_two', 'ws_two', 'Two', 'admin');
INSERT INTO api_key (id, workspace_id, project_id, person_id, hash, display, last_used_at, revoked_at) VALUES
  ('key_owner', 'ws_one', 'proj_one', 'usr_owner', '\x0001fe', 'dmk_owner_a…', NULL, NULL),
  ('key_member', 'ws_one', 'proj_one', 'usr_member', '\xff', 'dmk_member_b…', '2026-01-02T03:04:05.678901Z', '2026-02-03Z'),
  ('key_two', 'ws_two', 'proj_two', 'usr_two', '\x02', 'dmk_admin_c…', NULL, NULL);
INSERT INTO template (id, project_id, version, deleted_at) VALUES
  ('tmpl_one', 'proj_one', 2, NULL), ('tmpl_gone', 'proj_one', 1, '2026-03-04Z'), ('tmpl_two', 'proj_two', 1, NULL);
INSERT INTO template_version (template_id, version, name, document, created_by) VALUES
  ('tmpl_one', 1, 'first', '{"fields":[{"name":"id","type":"sequence"}]}', 'usr_owner'),
  ('tmpl_one', 2, E'line\nbreak', '{ "fields" : [ {"type":"constant", "name":"x","options":{"value":"a\tb \\N"}} ] , "locale":"de"}', 'usr_member'),
  ('tmpl_gone', 1, 'gone', '{"fields":[]}', 'usr_owner'),
  ('tmpl_two', 1, 'of others', '{"fields":[{"name":"e","type":"email"}]}', 'usr_two');
