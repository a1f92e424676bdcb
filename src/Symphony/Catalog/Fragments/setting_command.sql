-- The command that made o, a row of pg_db_role_setting, in the database b.
CASE WHEN o.setrole = 0 AND o.setdatabase = 0 THEN 'ALTER ROLE ALL'
     WHEN o.setrole = 0 THEN 'ALTER DATABASE ' || pg_catalog.quote_ident(b.datname)
     ELSE 'ALTER ROLE ' || pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(o.setrole))
          || CASE WHEN o.setdatabase = 0 THEN '' ELSE ' IN DATABASE ' || pg_catalog.quote_ident(b.datname) END
END
