-- Units of the tree, with their names in one language; where it has none the Urdu ones, then the English ones.
-- Rows of all lists here are alike (struct q_place_all).

-- name: place_all :many
-- Every unit valid on a day, parents first.
-- in on_day i64
-- col name_text text
-- col lang_code text
-- col draft_flag i64
-- col parent_code text?
-- scan: some hundred units, and the councils of the districts that have a desk
select u.id, u.unit_code, u.level_no, u.parent_id, u.province_id, u.district_id, u.council_code, u.invented_flag,
       coalesce(l.label_text, f.label_text, e.label_text, u.unit_code) as name_text,
       coalesce(l.lang_code, f.lang_code, 'en') as lang_code,
       coalesce(l.draft_flag, 0) as draft_flag, p.unit_code as parent_code
from unit u
left join unit p on p.id = u.parent_id
left join label l on l.label_kind_code = 'unit' and l.id = u.id and l.lang_code = :lang_code
left join label f on f.label_kind_code = 'unit' and f.id = u.id and f.lang_code = 'ur'
left join label e on e.label_kind_code = 'unit' and e.id = u.id and e.lang_code = 'en'
where u.valid_from_day <= :on_day and u.valid_to_day > :on_day
order by u.level_no, u.id;

-- name: place_in_district :many
-- A district and what lies in it.
-- row: place_all
-- in on_day i64
-- col name_text text
-- col lang_code text
-- col draft_flag i64
-- col parent_code text?
select u.id, u.unit_code, u.level_no, u.parent_id, u.province_id, u.district_id, u.council_code, u.invented_flag,
       coalesce(l.label_text, f.label_text, e.label_text, u.unit_code) as name_text,
       coalesce(l.lang_code, f.lang_code, 'en') as lang_code,
       coalesce(l.draft_flag, 0) as draft_flag, p.unit_code as parent_code
from unit u
left join unit p on p.id = u.parent_id
left join label l on l.label_kind_code = 'unit' and l.id = u.id and l.lang_code = :lang_code
left join label f on f.label_kind_code = 'unit' and f.id = u.id and f.lang_code = 'ur'
left join label e on e.label_kind_code = 'unit' and e.id = u.id and e.lang_code = 'en'
where u.district_id = :district_id and u.valid_from_day <= :on_day and u.valid_to_day > :on_day
order by u.level_no, u.id;

-- name: place_served :many
-- The districts where a desk stands, and what lies in them.
-- row: place_all
-- in on_day i64
-- col name_text text
-- col lang_code text
-- col draft_flag i64
-- col parent_code text?
-- scan: a few offices in each district
select u.id, u.unit_code, u.level_no, u.parent_id, u.province_id, u.district_id, u.council_code, u.invented_flag,
       coalesce(l.label_text, f.label_text, e.label_text, u.unit_code) as name_text,
       coalesce(l.lang_code, f.lang_code, 'en') as lang_code,
       coalesce(l.draft_flag, 0) as draft_flag, p.unit_code as parent_code
from (select distinct b.home as home from body b
      where b.body_kind_code = 'desk' and b.valid_from_day <= :on_day and b.valid_to_day > :on_day) d
join unit u on u.district_id = d.home
left join unit p on p.id = u.parent_id
left join label l on l.label_kind_code = 'unit' and l.id = u.id and l.lang_code = :lang_code
left join label f on f.label_kind_code = 'unit' and f.id = u.id and f.lang_code = 'ur'
left join label e on e.label_kind_code = 'unit' and e.id = u.id and e.lang_code = 'en'
where u.valid_from_day <= :on_day and u.valid_to_day > :on_day
order by u.level_no, u.id;

-- name: place_below :many
-- A unit and everything below it.
-- row: place_all
-- in on_day i64
-- in around_id i64
-- col name_text text
-- col lang_code text
-- col draft_flag i64
-- col parent_code text?
-- scan: what was found so far
with recursive below (id) as (
    select r.id from unit r where r.id = :around_id
    union all
    select u.id from below b join unit u on u.parent_id = b.id
    where u.valid_from_day <= :on_day and u.valid_to_day > :on_day)
select u.id, u.unit_code, u.level_no, u.parent_id, u.province_id, u.district_id, u.council_code, u.invented_flag,
       coalesce(l.label_text, f.label_text, e.label_text, u.unit_code) as name_text,
       coalesce(l.lang_code, f.lang_code, 'en') as lang_code,
       coalesce(l.draft_flag, 0) as draft_flag, p.unit_code as parent_code
from below b
join unit u on u.id = b.id
left join unit p on p.id = u.parent_id
left join label l on l.label_kind_code = 'unit' and l.id = u.id and l.lang_code = :lang_code
left join label f on f.label_kind_code = 'unit' and f.id = u.id and f.lang_code = 'ur'
left join label e on e.label_kind_code = 'unit' and e.id = u.id and e.lang_code = 'en'
order by u.level_no, u.id;

-- name: place_districts_below :many
-- The districts below a unit, those that have ended too: what was filed and approved there stays with them.
-- in on_day i64
-- in around_id i64
-- scan: what was found so far
with recursive below (id, level_no) as (
    select r.id, r.level_no from unit r where r.id = :around_id
    union all
    select u.id, u.level_no from below b join unit u on u.parent_id = b.id
    where b.level_no < 3 and u.valid_from_day <= :on_day)
select u.id from below b join unit u on u.id = b.id where u.level_no = 3 order by u.id;

-- name: place_districts_all :many
-- in on_day i64
-- scan: some hundred units, and the councils of the districts that have a desk
select id from unit where level_no = 3 and valid_from_day <= :on_day order by id;

-- name: place_vintages :many
-- All units that have borne a code so far, the oldest first.
-- in on_day i64
select id, level_no, valid_from_day, valid_to_day from unit
where unit_code = :unit_code and valid_from_day <= :on_day order by valid_from_day;

-- name: place_days :one
select valid_from_day, valid_to_day from unit where id = :id;

-- name: place_came_from :many
-- What a unit was made of, and from which day on.
select s.from_id as id, s.from_day from unit_successor s where s.to_id = :to_id order by s.from_id;

-- name: place_became :many
-- What became of a unit.
select s.to_id as id, s.from_day from unit_successor s where s.from_id = :from_id order by s.to_id;

-- name: place_names :many
-- Codes and names of units, valid or not: old cases keep theirs.
-- col name_text text
-- col lang_code text
select u.id, u.unit_code, u.level_no, u.district_id,
       coalesce(l.label_text, f.label_text, e.label_text, u.unit_code) as name_text,
       coalesce(l.lang_code, f.lang_code, 'en') as lang_code
from unit u
left join label l on l.label_kind_code = 'unit' and l.id = u.id and l.lang_code = :lang_code
left join label f on f.label_kind_code = 'unit' and f.id = u.id and f.lang_code = 'ur'
left join label e on e.label_kind_code = 'unit' and e.id = u.id and e.lang_code = 'en'
where u.id in (:ids*);

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

-- name: desk_homes :many
-- The districts where a desk stands.
-- in on_day i64
-- col home i64
-- scan: a few offices in each district
select distinct b.home as home from body b
where b.body_kind_code = 'desk' and b.home is not null and b.valid_from_day <= :on_day and b.valid_to_day > :on_day
order by 1;

-- name: unit_group_all :many
-- in on_day i64
-- col name_text text
-- scan: a handful of groups
select g.id, g.group_code, coalesce(l.label_text, f.label_text, e.label_text, g.group_code) as name_text
from unit_group g
left join label l on l.label_kind_code = 'unit_group' and l.id = g.id and l.lang_code = :lang_code
left join label f on f.label_kind_code = 'unit_group' and f.id = g.id and f.lang_code = 'ur'
left join label e on e.label_kind_code = 'unit_group' and e.id = g.id and e.lang_code = 'en'
where g.valid_from_day <= :on_day and g.valid_to_day > :on_day
order by g.id;

-- name: unit_group_members :many
-- in on_day i64
-- scan: some dozen members of a handful of groups
select g.group_code, m.group_id, m.unit_id
from unit_group_member m join unit_group g on g.id = m.group_id
where g.valid_from_day <= :on_day and g.valid_to_day > :on_day
  and m.valid_from_day <= :on_day and m.valid_to_day > :on_day
order by m.unit_id, g.group_code;

-- name: locality_named :many
-- What a folded name stands for in a district.
select a.locality_id, y.unit_id, y.name_text
from locality_alias a
join locality y on y.id = a.locality_id
where a.district_id = :district_id and a.folded_text = :folded_text;

-- name: label_get :one
select label_text from label where label_kind_code = :label_kind_code and id = :id and lang_code = :lang_code;
