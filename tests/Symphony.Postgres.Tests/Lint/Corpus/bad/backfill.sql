-- expect: rows-changed
UPDATE customer SET score = 0 WHERE score IS NULL;
