-- Sealed under a master key of tests, that released.test.ts has.
INSERT INTO master_key (id) VALUES ('mk_a437119c572acc21');
INSERT INTO data_key (id, workspace_id, master_key_id, wrapped, uses) VALUES ('dek_fzrjc1chpf1vv5j97m3w', 'ws_one', 'mk_a437119c572acc21', '\x3dbdc6688264a506d34b259a866cff1c2e6d70d898b70f62555c587787db2517cffb375782a4729218566090763dfd11ac31faa285bf7d4269b27bf8', 2);
INSERT INTO secret (id, workspace_id, project_id, kind, name, version, data_key_id, sealed, created_by, updated_by, last_used_at) VALUES
  ('sec_token', 'ws_one', 'proj_one', 'user', 'TOKEN', 2, 'dek_fzrjc1chpf1vv5j97m3w', '\xc607c24d13efe8184e58eb809cbd40208f2053b18204ef812ec301b3548778d03f26a39dab5af2205f20f33f8a88', 'usr_owner', 'usr_owner', '2026-03-07Z');
INSERT INTO data_key (id, workspace_id, master_key_id, wrapped, uses) VALUES ('dek_ha8g0fmqatr98dt3g28v', 'ws_two', 'mk_a437119c572acc21', '\x4c03cb688117d3bcf0b7bd037dc14afbfe6b3d03e2cf6aba296ab54441ba3311a8d417bd40a75dbdc72cc05de08bc891fabee0e595e10d6126fdd6a6', 2);
INSERT INTO secret (id, workspace_id, project_id, kind, name, version, data_key_id, sealed, created_by, updated_by, last_used_at) VALUES
  ('sec_of_all', 'ws_two', NULL, 'user', 'OF_ALL', 2, 'dek_ha8g0fmqatr98dt3g28v', '\xc9c3a77e407224f3b571a664eff4b250b61833edb29508c78e56d8b6a2eccfd52136029263a2bab78e999e1a726e07', 'usr_two', 'usr_two', '2026-03-07Z');
