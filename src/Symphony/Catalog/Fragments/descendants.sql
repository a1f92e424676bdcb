-- Every partition and child below c, at any depth.
SELECT h.inhrelid FROM pg_catalog.pg_inherits h WHERE h.inhparent = c.oid
UNION
SELECT h.inhrelid FROM tree t JOIN pg_catalog.pg_inherits h ON h.inhparent = t.relation
