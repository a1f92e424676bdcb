-- Whether no transaction that changes definitions can have ended since this one's moment: none was under way then (the
-- oldest that was is the next to come), and none has got a number since (that next one has the age 0). The counter is
-- read when the transaction asks for an age the first time, and stays: nothing else may have asked.
SELECT pg_catalog.pg_snapshot_xmin(s.moment) = pg_catalog.pg_snapshot_xmax(s.moment)
       AND pg_catalog.age(pg_catalog.pg_snapshot_xmax(s.moment)::xid) = 0
FROM pg_catalog.pg_current_snapshot() AS s (moment)
