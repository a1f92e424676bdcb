-- A digest of every definition that people made in this database: names and definitions, never OIDs, in the order of the
-- text. In: schemas that are left out. Roles are the server's, and no part of one database's schema.
SELECT pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(
         COALESCE(pg_catalog.string_agg(line.text, E'\n' ORDER BY line.text COLLATE "C"), ''), 'UTF8')), 'hex')
FROM (
-- objects
) AS o
CROSS JOIN LATERAL (SELECT ROW(o.class, o.identity, o.definition)::text) AS line (text)
WHERE o.class <> 'role'
