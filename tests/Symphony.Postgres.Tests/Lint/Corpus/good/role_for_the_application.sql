CREATE ROLE reader NOLOGIN;
GRANT SELECT ON customer TO reader;
