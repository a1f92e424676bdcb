-- expect: drop-table
SET LOCAL lock_timeout = '2s';
DrOp

	TaBlE
IF EXISTS journal CASCADE;
