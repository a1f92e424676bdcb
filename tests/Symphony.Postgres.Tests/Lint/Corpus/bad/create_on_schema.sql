-- expect: runtime-ddl
GRANT CREATE ON SCHEMA public TO app;
