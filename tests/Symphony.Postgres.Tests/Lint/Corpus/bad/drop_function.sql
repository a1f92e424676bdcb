-- expect: drop-function
DROP FUNCTION total;
