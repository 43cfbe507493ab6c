INSERT INTO chat (id, workspace_id, project_id, name, mode, permits, last_seq, created_by) VALUES
  ('chat_one', 'ws_one', 'proj_one', 'Ünïcode 🚲', 'agent', '{"risks":["read"],"sensitive":false}', 1, 'usr_owner');
INSERT INTO chat_turn (id, chat_id, workspace_id, state, person_id, credential, credential_id, read_only, request_id, ended_at) VALUES
  ('turn_one', 'chat_one', 'ws_one', 'done', 'usr_owner', 'key', 'key_one', false, 'req_one', '2026-11-20Z');
INSERT INTO chat_event (chat_id, seq, workspace_id, turn_id, type, data) VALUES
  ('chat_one', 1, 'ws_one', 'turn_one', 'message', '{"text":"hello","mode":"agent"}');
INSERT INTO chat_approval (id, chat_id, turn_id, workspace_id, person_id, call_id, tool, arguments, arguments_hash, state, expires_at) VALUES
  ('apr_one', 'chat_one', 'turn_one', 'ws_one', 'usr_owner', 'call_one', 'undo_run', '{}', '\x00ff', 'ended', '2026-11-20Z');
INSERT INTO agent_permission (workspace_id, tool, permission, updated_by) VALUES ('ws_one', 'undo_run', 'off', 'usr_owner');
