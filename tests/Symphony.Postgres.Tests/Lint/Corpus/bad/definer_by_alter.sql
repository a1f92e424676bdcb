-- expect: definer-search-path
ALTER FUNCTION total(bigint) SECURITY DEFINER;
