-- The trigger g was made by CREATE TRIGGER, or given to a partition by one: PostgreSQL 14 calls the latter internal.
(NOT g.tgisinternal
 OR g.tgparentid <> 0 -- before 15
)
