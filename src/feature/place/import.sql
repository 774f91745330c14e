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
