-- The body of the function f, as text: of one in C its library and symbol.
COALESCE(pg_catalog.pg_get_function_sqlbody(f.oid), f.probin || E'\n' || f.prosrc, f.prosrc)
