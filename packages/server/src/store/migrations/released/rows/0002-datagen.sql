INSERT INTO datagen_key (id, hash, display, tier, expires_at, revoked_at) VALUES
  ('dgk_one', '\x11', 'dg_free_a…', 'free', '2036-01-01Z', NULL), ('dgk_two', '\x12', 'dg_free_b…', 'free', '2026-01-01Z', '2026-01-01Z');
INSERT INTO datagen_mint (address) VALUES ('\xaa'), ('\xaa'), ('\xbb');
INSERT INTO datagen_usage (key_id, day, calls, records) VALUES ('dgk_one', '2026-02-28', 3, 9007199254740993), ('key_owner', '2026-03-01', 1, 0);
INSERT INTO datagen_contract (owner, id, hash, document, expires_at) VALUES
  ('dgk_one', 'ctr_one', 'ab12', '{"columns": [ "email" ]}', '2036-01-01Z');
INSERT INTO datagen_answer (key_id, request_key, request_hash, claim, recipe, lease_until, expires_at) VALUES
  ('dgk_one', '\x01', '\x02', '00000000-0000-4000-8000-000000000001', NULL, '2026-01-01Z', '2036-01-01Z'),
  ('dgk_one', '\x03', '\x04', '00000000-0000-4000-8000-000000000002', '{"seed":"x"}', '2026-01-01Z', '2036-01-01Z');
