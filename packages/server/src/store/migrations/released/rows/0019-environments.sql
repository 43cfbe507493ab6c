INSERT INTO scenario_version (scenario_id, workspace_id, version, name, code, settings, needs, environment, created_by) VALUES
  ('scn_one', 'ws_one', 3, 'Regression seeding', '# requirements: arrow~=1.3', '{"retryOnCrash":true,"timeoutSeconds":60}', '{"requirements":["arrow~=1.3"],"requiresPython":null,"readBy":"3.12.4","problem":null}',
   '{"lock":{"python":"3.12","platform":"linux-x86_64","base":"2026-11","packages":[{"name":"arrow","version":"1.4.0","hashes":["74fb1f10dd21a1a1a4a1bdc3a1dd7dc2d07f1fa3f1c31d2a3b3a1d55d53b2f03"]}]},"problem":null}', 'usr_owner');
UPDATE scenario SET version = 3 WHERE id = 'scn_one';
