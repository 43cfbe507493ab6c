INSERT INTO workspace (id, name, deleted_at, purge_at) VALUES ('ws_deleted', 'Deleted', '2026-03-12Z', '2036-04-11Z');
INSERT INTO workspace (id, name, deleted_at, purge_at, purged_at) VALUES ('ws_purged', '', '2026-01-12Z', '2026-02-11Z', '2026-02-11Z');
