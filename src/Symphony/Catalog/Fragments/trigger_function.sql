-- Members of a fact, each with its comma, that tell of a trigger's function f, in the schema fn and the language l.
-- Its name as a manifest writes it: a part that holds a dot or a double quote stands in double quotes.
'function', CASE WHEN fn.nspname ~ '[."]' THEN '"' || pg_catalog.replace(fn.nspname, '"', '""') || '"' ELSE fn.nspname END || '.'
            || CASE WHEN f.proname ~ '[."]' THEN '"' || pg_catalog.replace(f.proname, '"', '""') || '"' ELSE f.proname END,
'language', l.lanname,
'attributes', pg_catalog.to_json(
  -- include function_attributes
),
'body',
-- include function_body
,
