-- A function's name with the types of its input arguments, as claims write it: a name that would be misread is quoted.
CASE WHEN p.proname ~ '[."(]|^ | $' THEN '"' || pg_catalog.replace(p.proname, '"', '""') || '"' ELSE p.proname END
|| '(' || COALESCE((
  SELECT pg_catalog.string_agg(pg_catalog.format_type(a.type, NULL), ', ' ORDER BY a.place)
  FROM pg_catalog.unnest(p.proargtypes) WITH ORDINALITY AS a (type, place)), '') || ')'
