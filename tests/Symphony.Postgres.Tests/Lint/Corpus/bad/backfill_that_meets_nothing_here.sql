-- expect: rows-changed
UPDATE customer SET status = 'old' WHERE status = 'no such status';
