-- Units of the tree, with their names in one language (English where that is missing).

-- name: place_all :many
-- Every unit valid on a day, parents first.
-- in on_day i64
-- col name_text text
-- col draft_flag i64
-- scan: a few hundred units
select u.id, u.unit_code, u.level_no, u.parent_id, u.province_id, u.district_id,
       coalesce(l.label_text, e.label_text, u.unit_code) as name_text,
       coalesce(l.draft_flag, 0) as draft_flag
from unit u
left join label l on l.label_kind_code = 'unit' and l.id = u.id and l.lang_code = :lang_code
left join label e on e.label_kind_code = 'unit' and e.id = u.id and e.lang_code = 'en'
where u.valid_from_day <= :on_day and u.valid_to_day > :on_day
order by u.level_no, u.id;

-- name: place_in_district :many
-- A district and what lies in it.
-- in on_day i64
-- col name_text text
select u.id, u.unit_code, u.level_no, u.parent_id, u.province_id, u.district_id,
       coalesce(l.label_text, e.label_text, u.unit_code) as name_text
from unit u
left join label l on l.label_kind_code = 'unit' and l.id = u.id and l.lang_code = :lang_code
left join label e on e.label_kind_code = 'unit' and e.id = u.id and e.lang_code = 'en'
where u.district_id = :district_id and u.valid_from_day <= :on_day and u.valid_to_day > :on_day
order by u.level_no, u.id;

-- name: place_by_code :one
-- in on_day i64
select id, unit_code, level_no, parent_id, province_id, district_id
from unit
where unit_code = :unit_code and valid_from_day <= :on_day and valid_to_day > :on_day;

-- name: place_by_id :one
select id, unit_code, level_no, parent_id, province_id, district_id from unit where id = :id;

-- name: place_code_of :one
-- A unit's code and parent, valid or not: old cases keep theirs.
select unit_code, parent_id from unit where id = :id;

-- name: label_get :one
select label_text from label where label_kind_code = :label_kind_code and id = :id and lang_code = :lang_code;
