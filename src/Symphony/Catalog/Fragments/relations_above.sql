-- What is above a relation of tree, at any depth: a statement that names one of these reaches the rows of tree as well.
-- Not by way of a session's temporary child, which no statement of another session reaches, unless c is temporary.
SELECT h.inhparent
FROM tree t
JOIN pg_catalog.pg_class k ON k.oid = t.relation AND (c.relpersistence = 't' OR k.relpersistence <> 't')
JOIN pg_catalog.pg_inherits h ON h.inhrelid = k.oid
UNION
SELECT h.inhparent FROM above a JOIN pg_catalog.pg_inherits h ON h.inhrelid = a.relation
