-- expect: runtime-ddl
grant all on schema public to app;
