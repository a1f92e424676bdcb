-- The options of the relation r.
(SELECT pg_catalog.format(' WITH (%s)', pg_catalog.string_agg(pg_catalog.format('%I = %L', o.option_name, o.option_value), ', '
          ORDER BY o.option_name COLLATE "C"))
 FROM pg_catalog.pg_options_to_table(r.reloptions) AS o HAVING pg_catalog.count(*) > 0)
