-- expect: role-elevated
ALTER ROLE app SUPERUSER;
