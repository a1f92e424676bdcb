DROP TABLE IF EXISTS no_such_table;
DROP INDEX IF EXISTS no_such_index;
