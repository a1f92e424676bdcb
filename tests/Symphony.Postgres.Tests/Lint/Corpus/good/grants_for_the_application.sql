GRANT USAGE ON SCHEMA public TO app;
GRANT SELECT, INSERT ON customer, purchase TO app;
GRANT EXECUTE ON FUNCTION total(bigint) TO app;
