-- What a digest of the function f, in the schema fn, is made of; ag is its row in pg_aggregate, if it has one, and
-- called tells by which operator it is called, if by one, and whether only for a NOT.
json_build_object(
  'name', pg_catalog.quote_ident(fn.nspname) || '.' || pg_catalog.quote_ident(f.proname)
          || '(' || pg_catalog.pg_get_function_identity_arguments(f.oid) || ')',
  'language', (SELECT fl.lanname FROM pg_catalog.pg_language fl WHERE fl.oid = f.prolang),
  'attributes', pg_catalog.to_json(CASE WHEN ag.aggfnoid IS NOT NULL THEN ARRAY(
    -- include aggregate_attributes
  ) ELSE
    -- include function_attributes
  END),
  -- What an extension made is its own affair.
  'operator', CASE WHEN called.operator <> 0 AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_depend od
    WHERE od.classid = 'pg_catalog.pg_operator'::regclass AND od.objid = called.operator AND od.deptype = 'e')
    THEN called.operator::regoperator::text END,
  'negates', called.negates,
  'body', CASE WHEN ag.aggfnoid IS NOT NULL THEN (
    -- include aggregate_body
  ) ELSE
    -- include function_body
  END)
