-- The relation c belongs to no extension. Asked from the side of the extensions: their members are few.
c.oid NOT IN (
  SELECT d.objid
  FROM pg_catalog.pg_depend d
  WHERE d.refclassid = 'pg_catalog.pg_extension'::regclass AND d.classid = 'pg_catalog.pg_class'::regclass AND d.deptype = 'e')
