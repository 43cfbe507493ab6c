UPDATE person SET email = 'owner@example.org', password = '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA' WHERE id = 'usr_owner';
UPDATE person SET issuer = 'https://id.example.org', subject = 'sub-1' WHERE id = 'usr_member';
INSERT INTO project (id, workspace_id, name, deleted_at) VALUES ('proj_gone', 'ws_one', 'Gone', '2026-03-05Z');
INSERT INTO invite (id, workspace_id, role, email, hash, created_by, expires_at) VALUES
  ('inv_one', 'ws_one', 'member', NULL, '\x21', 'usr_owner', '2036-01-01Z'),
  ('inv_two', 'ws_two', 'viewer', 'a@example.org', '\x22', 'usr_two', '2026-01-01Z');
INSERT INTO session (id, workspace_id, person_id, hash, agent, address, expires_at) VALUES
  ('ses_one', 'ws_one', 'usr_owner', '\x31', 'Mozilla/5.0', '192.0.2.1', '2036-01-01Z');
INSERT INTO sign_in_attempt (subject) VALUES ('\x41'), ('\x41');
