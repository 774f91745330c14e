-- What figures of now leave out, and how much they would be counted from.

-- name: figure_barred :many
-- Cases that belong in none of the figures of whoever is one of these.
-- in also_id i64
select case_id from case_bar where home in (:homes*) and barred_id in (:barred_id, :also_id) order by case_id;

-- name: figure_volume :one
-- How many cases figures of a span would be counted from.
-- in from_month i64
-- in to_month i64
-- col cases_n i64
select coalesce(cast(sum(cases_n) as bigint), 0) as cases_n
from tally_coarse where home in (:homes*) and filed_month between :from_month and :to_month;

-- name: figure_brought :many
-- Figures in force of the time before, which nothing was counted for.
select home, id, from_day, to_day from snapshot
where home in (:homes*) and indicator_code = :indicator_code and last_flag = 1 and source_hash is not null
  and from_day <= :to_day and to_day >= :from_day
order by home, from_day;
