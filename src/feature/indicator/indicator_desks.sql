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

-- name: desks_opened :many
-- Desks that opened.
-- listing
-- fact measure count
-- fact counts desks
-- fact split none
-- fact good more
-- in from_day i64
-- in to_day i64
-- col kind_no i64
-- col home i64
-- col subject_id i64
-- col version_no i64
-- col fact_month i64
-- col role_code text
-- col sex_code text
-- col part_code text
-- col num_n i64
-- col den_n i64
select 0 as kind_no, b.home as home, b.id as subject_id, b.valid_from_day / 100 as version_no, b.valid_from_day / 100 as fact_month,
       '' as role_code, '' as sex_code, '' as part_code, 1 as num_n, 1 as den_n
from body b
where b.home in (:homes*) and b.body_kind_code = 'desk' and b.valid_from_day between :from_day and :to_day
  and b.valid_from_day < 20990101; -- from then on: planned, and no day is fixed yet

-- name: materials_given :many
-- Leaflets, brochures and other materials that desks gave out, by form.
-- listing
-- fact measure count
-- fact counts materials
-- fact split part
-- fact good more
-- in from_day i64
-- in to_day i64
-- col kind_no i64
-- col subject_id i64
-- col version_no i64
-- col fact_month i64
-- col role_code text
-- col sex_code text
-- col part_code text
-- col num_n i64
-- col den_n i64
select 0 as kind_no, g.home, g.desk_id as subject_id, g.move_day / 100 as version_no, g.move_day / 100 as fact_month,
       '' as role_code, '' as sex_code, m.form_code as part_code, g.move_n as num_n, g.move_n as den_n
from material_move g join material m on m.home = g.home and m.desk_id = g.desk_id and m.material_no = g.material_no
where g.home in (:homes*) and g.move_code = 'given' and g.move_day between :from_day and :to_day;
