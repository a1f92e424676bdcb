-- The relation c, and every partition and child below it, at any depth.
SELECT c.oid
UNION
SELECT h.inhrelid FROM tree t JOIN pg_catalog.pg_inherits h ON h.inhparent = t.relation WHERE c.relhassubclass
