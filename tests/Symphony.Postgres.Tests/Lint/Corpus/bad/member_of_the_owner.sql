-- expect: role-elevated
-- before: ALTER TABLE journal OWNER TO owner;
GRANT owner TO app;
