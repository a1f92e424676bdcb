-- expect: rename-object
ALTER FUNCTION total(bigint) RENAME TO sum_of;
