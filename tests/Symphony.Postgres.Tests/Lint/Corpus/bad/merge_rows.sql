-- expect: rows-changed
MERGE INTO customer AS c USING (VALUES (1)) AS v (x) ON c.score = v.x WHEN MATCHED THEN UPDATE SET score = 2;
