-- How many rows the claim's own statement returns, counted up to 1000; what is in them is not looked at.
SELECT 1 AS subject, json_build_object('rows', count(*)) AS fact
FROM (SELECT FROM (
{statement}
) AS statement LIMIT 1000) AS found
