-- The collation of the attribute a, where it is not its type's.
(SELECT pg_catalog.format(' COLLATE %I.%I', n.nspname, co.collname)
 FROM pg_catalog.pg_collation co
 JOIN pg_catalog.pg_namespace n ON n.oid = co.collnamespace
 JOIN pg_catalog.pg_type y ON y.oid = a.atttypid
 WHERE co.oid = a.attcollation AND a.attcollation <> y.typcollation)
