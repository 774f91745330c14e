-- Indicators over the desks, from their figures by month: who came, and what they were helped with.

-- name: desk_visits :many
-- Visits to the desks, by how they ended.
-- listing
-- fact measure count
-- fact counts visits
-- fact split part sex
-- fact good more
-- in from_month i64
-- in to_month i64
-- col kind_no i64
-- col subject_id i64
-- col version_no i64
-- col fact_month i64
-- col role_code text
-- col part_code text
-- col num_n i64
-- col den_n i64
select 0 as kind_no, d.home, d.desk_id as subject_id, d.figure_month as version_no, d.figure_month as fact_month,
       'citizen' as role_code, d.sex_code, d.figure_kind as part_code, d.figure_n as num_n, d.figure_n as den_n
from desk_figure d
where d.home in (:homes*) and d.figure_month between :from_month and :to_month and d.figure_code = 'visit';

-- name: digital_helps :many
-- Online services that somebody was helped with at a desk, by kind.
-- listing
-- fact measure count
-- fact counts visits
-- fact split part sex
-- fact good more
-- in from_month i64
-- in to_month i64
-- col kind_no i64
-- col subject_id i64
-- col version_no i64
-- col fact_month i64
-- col role_code text
-- col part_code text
-- col num_n i64
-- col den_n i64
select 0 as kind_no, d.home, d.desk_id as subject_id, d.figure_month as version_no, d.figure_month as fact_month,
       'citizen' as role_code, d.sex_code, d.figure_kind as part_code, d.figure_n as num_n, d.figure_n as den_n
from desk_figure d
where d.home in (:homes*) and d.figure_month between :from_month and :to_month and d.figure_code = 'online';
