-- expect: drop-column
SET LOCAL lock_timeout = '2s';
/* outer /* inner */ still a comment */ alter table customer drop score;
