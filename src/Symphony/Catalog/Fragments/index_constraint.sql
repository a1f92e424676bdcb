-- Members, each with its comma, of the fact of a constraint con of the table c that its index i enforces.
'relation_kind', c.relkind,
'indexes_on', c.relhasindex,
'deferrable', con.condeferrable,
'valid', i.indisvalid,
'ready', i.indisready,
'live', i.indislive,
'immediate', i.indimmediate,
'recheck', (
  -- include recheck
),
'sessions_without_triggers', CASE WHEN con.condeferrable THEN (
  -- include sessions_without_triggers
) ELSE '[]' END,
'children', CASE WHEN c.relhassubclass AND c.relkind = 'r' THEN (
  -- include children
) ELSE '[]' END,
