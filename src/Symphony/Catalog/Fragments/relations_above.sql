-- What is above a relation of tree, at any depth: a statement that names one of these reaches the rows of tree as well.
SELECT h.inhparent FROM tree t JOIN pg_catalog.pg_inherits h ON h.inhrelid = t.relation
UNION
SELECT h.inhparent FROM above a JOIN pg_catalog.pg_inherits h ON h.inhrelid = a.relation
