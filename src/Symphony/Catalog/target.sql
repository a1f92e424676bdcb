-- Which database this is. The identifier of the cluster is read only where the role may.
SELECT CASE WHEN pg_catalog.has_function_privilege('pg_catalog.pg_control_system()', 'EXECUTE')
         THEN (SELECT system_identifier::text FROM pg_catalog.pg_control_system()) END,
       pg_catalog.current_database()::text,
       pg_catalog.current_setting('server_version_num')::integer,
       pg_catalog.pg_is_in_recovery(),
       session_user::text
