-- Lets the trial database tell what is created, dropped and rewritten, whoever does it and however it is spelled.
CREATE SCHEMA symphony_lint;

CREATE UNLOGGED TABLE symphony_lint.event (kind text NOT NULL, class text NOT NULL, oid oid NOT NULL, identity text);

CREATE FUNCTION symphony_lint.note_drop() RETURNS event_trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO symphony_lint.event
    SELECT 'drop', dropped.object_type, dropped.objid, dropped.object_identity
      FROM pg_catalog.pg_event_trigger_dropped_objects() AS dropped
     WHERE NOT dropped.is_temporary AND dropped.original;
END
$$;

CREATE FUNCTION symphony_lint.note_rewrite() RETURNS event_trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO symphony_lint.event
    VALUES ('rewrite', 'table', pg_catalog.pg_event_trigger_table_rewrite_oid(), pg_catalog.pg_event_trigger_table_rewrite_oid()::regclass::text);
END
$$;

CREATE FUNCTION symphony_lint.note_creation() RETURNS event_trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO symphony_lint.event
    SELECT 'create', command.object_type, command.objid, command.object_identity
      FROM pg_catalog.pg_event_trigger_ddl_commands() AS command
     WHERE command.command_tag LIKE 'CREATE %';
END
$$;

CREATE EVENT TRIGGER symphony_lint_creation ON ddl_command_end EXECUTE FUNCTION symphony_lint.note_creation();
CREATE EVENT TRIGGER symphony_lint_drop ON sql_drop EXECUTE FUNCTION symphony_lint.note_drop();
CREATE EVENT TRIGGER symphony_lint_rewrite ON table_rewrite EXECUTE FUNCTION symphony_lint.note_rewrite();
