-- expect: drop-table
SET LOCAL lock_timeout = '2s';
DROP TABLE "public"."journal";
