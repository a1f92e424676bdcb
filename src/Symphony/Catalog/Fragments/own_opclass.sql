-- The operator class oc was made here, for a type that has another: not built in, not an extension's, and not the default
-- of a base type that is not built in, which has no other. It decides what is equal, whatever the type's operators say.
(oc.oid >= 16384
 AND NOT EXISTS (
   SELECT FROM pg_catalog.pg_depend od
   WHERE od.classid = 'pg_catalog.pg_opclass'::regclass AND od.objid = oc.oid AND od.deptype = 'e')
 AND NOT (oc.opcdefault AND EXISTS (
   SELECT FROM pg_catalog.pg_type ot
   WHERE ot.oid = oc.opcintype AND ot.oid >= 16384 AND ot.typtype = 'b' AND ot.typinput <> 'pg_catalog.array_in'::regproc)))
