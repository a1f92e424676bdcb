-- The relations of tree, and those above it, each once.
SELECT t.relation, false AS above FROM tree t
UNION ALL
SELECT a.relation, true FROM above a WHERE a.relation NOT IN (SELECT t.relation FROM tree t)
