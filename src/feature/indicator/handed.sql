-- Which figures hold what an earlier programme handed down.

-- name: handed_down :many
-- By district and month: gatherings that were imported, and complaints whose end that programme reported, as approved.
-- col home i64
-- col fact_month i64
-- col cases_n i64
select e.home as home, e.event_day / 100 as fact_month, 0 as cases_n
from event e where e.home in (:homes*) and e.source_code = 'imported'
group by e.home, e.event_day / 100
union all
select s.home as home, k.fact_month as fact_month, cast(sum(k.num_n) as bigint) as cases_n
from snapshot s join snapshot_cell k on k.home = s.home and k.snapshot_id = s.id
where s.home in (:homes*) and s.indicator_code = 'cases_resolved_reported' and s.last_flag = 1 and s.num_n > 0 and k.num_n > 0
group by s.home, k.fact_month
order by 1, 2, 3;
