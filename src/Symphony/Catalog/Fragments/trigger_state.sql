-- Members, each with its comma, that tell of a trigger g and its function f, in the schema fn and the language l.
'name', g.tgname,
-- include trigger_function
'enabled', g.tgenabled,
'cloned', g.tgparentid <> 0,
'row', g.tgtype & 1 = 1,
'when', g.tgqual IS NOT NULL,
