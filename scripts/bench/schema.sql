-- The database that is measured: :tables tables of one shape in schema bench.
-- Each has a NOT NULL tenant_id, a NOT VALID check, a trigger that fills a column where it is NULL, and an index of two columns.
CREATE SCHEMA bench;

CREATE FUNCTION bench.set_correlation_id_if_null() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.correlation_id IS NULL THEN
    NEW.correlation_id := gen_random_uuid();
  END IF;
  RETURN NEW;
END;
$$;

-- One transaction per table: all in one would hold more locks than a server has room for.
SELECT format($$
    CREATE TABLE bench.t%1$s (id bigint PRIMARY KEY, tenant_id text NOT NULL, correlation_id uuid, payer text, received_at timestamptz);
    ALTER TABLE bench.t%1$s ADD CONSTRAINT t%1$s_payer_chk CHECK (payer IS NOT NULL) NOT VALID;
    CREATE TRIGGER trg_t%1$s_corr BEFORE INSERT ON bench.t%1$s FOR EACH ROW EXECUTE FUNCTION bench.set_correlation_id_if_null();
    CREATE INDEX t%1$s_tenant_received ON bench.t%1$s (tenant_id, received_at);$$, to_char(n, 'FM00000'))
FROM generate_series(1, :tables) AS n
\gexec

-- Statistics as a database has that lives: whoever is measured first must not be the one whom they are missing.
VACUUM ANALYZE;
