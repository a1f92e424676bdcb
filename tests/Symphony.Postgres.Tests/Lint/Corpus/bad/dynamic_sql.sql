-- expect: drop-table
SET LOCAL lock_timeout = '2s';
DO $x$ DECLARE verb text := 'dr' || 'op'; BEGIN EXECUTE verb || ' table journal'; END $x$;
