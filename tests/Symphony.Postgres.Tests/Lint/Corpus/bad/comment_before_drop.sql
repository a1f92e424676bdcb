-- expect: drop-column
/* ALTER TABLE is below */ -- nothing here
SET LOCAL lock_timeout = '2s';
ALTER /* really */ TABLE customer /* drop nothing */ DROP -- yes
 COLUMN score;
