INSERT INTO row_bucket (name, level, at, taken) VALUES ('rows ws_one', 0.1, 1772000000000000.5, true);
INSERT INTO row_reservation (id, bucket, reserved, delivered, lease_until) VALUES ('res_one', 'rows ws_one', 1000000000000, 7, '2026-01-01Z');
