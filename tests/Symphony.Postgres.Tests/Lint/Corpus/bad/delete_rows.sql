-- expect: rows-changed
with gone as (delete from purchase where amount < 0 returning 1) select count(*) from gone;
