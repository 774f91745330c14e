-- Names that imported rows bring along, and councils and localities.

-- name: import_label_get :one
select label_text from label where label_kind_code = :label_kind_code and id = :id and lang_code = :lang_code;

-- name: import_label_put :exec
insert into label (label_kind_code, id, lang_code, label_text, draft_flag)
values (:label_kind_code, :id, :lang_code, :label_text, :draft_flag)
on conflict (label_kind_code, id, lang_code)
  do update set label_text = excluded.label_text, draft_flag = excluded.draft_flag;

-- name: council_find :one
-- A unit of this code, valid on a day or later.
-- in on_day i64
select id, level_no, parent_id, council_code, invented_flag, valid_to_day
from unit
where unit_code = :unit_code and valid_to_day > :on_day
order by valid_from_day limit 1;

-- name: council_before :one
-- The last council of this code, still valid or not.
select id from unit where unit_code = :unit_code and level_no = 5 order by valid_from_day desc limit 1;

-- name: council_add :exec
insert into unit (id, unit_code, level_no, parent_id, province_id, district_id, council_code, invented_flag,
                  valid_from_day, valid_to_day)
values (:id, :unit_code, 5, :parent_id, :province_id, :district_id, :council_code, :invented_flag, :valid_from_day,
        99991231);

-- name: council_set :exec
update unit set council_code = :council_code, invented_flag = :invented_flag where id = :id;

-- name: council_of_tehsil :many
-- Those that would be valid behind a day.
-- in on_day i64
select id from unit
where parent_id = :parent_id and level_no = 5 and valid_from_day < :on_day and valid_to_day > :on_day
order by id;

-- name: council_end :exec
update unit set valid_to_day = :valid_to_day where id = :id;

-- name: successor_add :exec
insert into unit_successor (from_id, to_id, from_day) values (:from_id, :to_id, :from_day)
on conflict (from_id, to_id) do nothing;

-- name: locality_find :one
select id, invented_flag from locality where unit_id = :unit_id and name_text = :name_text;

-- name: locality_add :exec
insert into locality (id, unit_id, name_text, invented_flag) values (:id, :unit_id, :name_text, :invented_flag);

-- name: locality_set :exec
update locality set invented_flag = :invented_flag where id = :id;

-- name: locality_aliases :many
select folded_text from locality_alias where locality_id = :locality_id order by folded_text;

-- name: locality_alias_add :exec
insert into locality_alias (district_id, folded_text, locality_id) values (:district_id, :folded_text, :locality_id);

-- name: locality_alias_clear :exec
delete from locality_alias where locality_id = :locality_id;

-- ---- a district that is made of tehsils of another one ----

-- name: split_unit :one
-- The unit of a code that stood the day before one, ended on it or not.
-- in on_day i64
select id, unit_code, level_no, parent_id, province_id, district_id, council_code, invented_flag, valid_to_day
from unit
where unit_code = :unit_code and valid_from_day < :on_day and valid_to_day >= :on_day;

-- name: split_there :one
-- The unit that was made under a code on a day.
-- in on_day i64
select id, level_no, parent_id from unit where unit_code = :unit_code and valid_from_day = :on_day;

-- name: split_taken :many
-- What else bears a code behind a day.
-- in on_day i64
select id from unit where unit_code = :unit_code and valid_to_day > :on_day;

-- name: split_below :many
-- What lies directly in a unit and stood the day before one.
-- row: split_unit
-- in on_day i64
select id, unit_code, level_no, parent_id, province_id, district_id, council_code, invented_flag, valid_to_day
from unit
where parent_id = :parent_id and valid_from_day < :on_day and valid_to_day > :on_day
order by id;

-- name: split_left :one
-- How much lies directly in it on a day.
-- in on_day i64
-- col left_n i64
select count(*) as left_n from unit where parent_id = :parent_id and valid_from_day <= :on_day and valid_to_day > :on_day;

-- name: split_unit_add :exec
insert into unit (id, unit_code, level_no, parent_id, province_id, district_id, council_code, invented_flag, valid_from_day, valid_to_day)
values (:id, :unit_code, :level_no, :parent_id, :province_id, :district_id, :council_code, :invented_flag, :valid_from_day, 99991231);

-- name: split_successor_add :exec
insert into unit_successor (from_id, to_id, from_day, basis_text) values (:from_id, :to_id, :from_day, :basis_text)
on conflict (from_id, to_id) do nothing;

-- name: split_labels :exec
-- in new_id i64
insert into label (label_kind_code, id, lang_code, label_text, draft_flag)
select 'unit', :new_id, lang_code, label_text, draft_flag from label where label_kind_code = 'unit' and id = :id;

-- name: split_groups :exec
-- Whoever is of a group stays in it: old figures of the land are its figures too.
-- in new_id i64
-- in on_day i64
insert into unit_group_member (group_id, unit_id, valid_from_day, valid_to_day)
select group_id, :new_id, :on_day, valid_to_day from unit_group_member where unit_id = :id and valid_from_day < :on_day and valid_to_day > :on_day
on conflict (group_id, unit_id, valid_from_day) do nothing;

-- name: split_localities :many
select id, name_text, invented_flag from locality where unit_id = :unit_id order by id;

-- name: split_aliases :exec
-- in new_id i64
-- in new_district_id i64
insert into locality_alias (district_id, folded_text, locality_id)
select :new_district_id, folded_text, :new_id from locality_alias where locality_id = :locality_id
on conflict (district_id, folded_text, locality_id) do nothing;
