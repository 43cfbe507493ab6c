-- Its bytes are what released.test.ts puts in a folder.
INSERT INTO file_blob (id, workspace_id, state, byte_count) VALUES ('blob_00000000000000000022', 'ws_00000000000000000007', 'kept', 7);
INSERT INTO run_record (run_id, workspace_id, blob_id, byte_count, sha256, call_count, incomplete) VALUES
  ('run_logged', 'ws_00000000000000000007', 'blob_00000000000000000022', 7, '\x59772b9c70d6cc244274937445f7c5b56ec6fe0a11292c4ed68848655515a1e6', 1, NULL);
