-- Whether districts are ready: what the tables know, and what somebody stated.

-- name: ready_items :many
-- in on_day i64
-- scan: a dozen items
select id, item_code, ready_from_code, least_n, sort_no, valid_from_day from ready_item
where valid_from_day <= :on_day and valid_to_day > :on_day order by sort_no, item_code;

-- name: ready_counts :many
-- What the tables know of some districts.
-- in on_day i64
-- in training_kind_no i64
-- in closed_state i64
-- col desks_n i64
-- col letters_n i64
-- col staff_n i64
-- col members_n i64
-- col devices_n i64
-- col trainings_n i64
-- col opened_n i64
select u.id, u.unit_code,
       (select count(*) from body b where b.home = u.id and b.body_kind_code = 'desk' and b.valid_from_day <= :on_day
               and b.valid_to_day > :on_day) as desks_n,
       (select count(*) from desk_profile p where p.home = u.id and p.valid_from_day <= :on_day and p.valid_to_day > :on_day
               and p.letter_text <> '') as letters_n,
       (select count(*) from account a where a.home = u.id and a.role_no = :desk_role_no and a.disabled_ms is null) as staff_n,
       (select count(*) from rota_member m join body d on d.id = m.body_id where d.home = u.id and d.body_kind_code = 'desk'
               and m.ended_day is null) as members_n,
       (select count(*) from device v where v.home = u.id and v.revoked_ms is null) as devices_n,
       (select count(*) from event e join flow f on f.home = e.home and f.kind_no = :training_kind_no and f.subject_id = e.id
               where e.home = u.id and e.event_kind_code = 'training' and e.event_day <= :on_day and f.flow_state = :closed_state) as trainings_n,
       (select count(*) from rota_shift s join body k on k.id = s.body_id where k.home = u.id and k.body_kind_code = 'desk'
               and s.shift_day <= :on_day and s.state_code = 'planned') as opened_n
from unit u where u.id in (:homes*)
order by u.unit_code;

-- name: ready_stated_last :many
-- What was stated last of each item, of some districts.
select s.home, s.item_code, s.ready_no, s.met_flag, s.stated_day, s.evidence_text, s.post_text, s.made_ms
from ready_stated s
where s.home in (:homes*)
  and s.ready_no = (select max(x.ready_no) from ready_stated x where x.home = s.home and x.item_code = s.item_code)
order by s.home, s.item_code;

-- name: ready_top :one
-- col top_n i64
select coalesce(max(ready_no), 0) as top_n from ready_stated where home = :home and item_code = :item_code;

-- name: ready_stated_add :exec
insert into ready_stated (home, item_code, ready_no, met_flag, stated_day, evidence_text, post_text, made_by_id, made_ms)
values (:home, :item_code, :ready_no, :met_flag, :stated_day, :evidence_text, :post_text, :made_by_id, :made_ms);

-- name: ready_item_from :one
-- One that began on a day, ended or not.
select id from ready_item where item_code = :item_code and valid_from_day = :valid_from_day;

-- name: ready_item_add :exec
insert into ready_item (id, item_code, ready_from_code, least_n, sort_no, valid_from_day, valid_to_day)
values (:id, :item_code, :ready_from_code, :least_n, :sort_no, :valid_from_day, 99991231);

-- name: ready_item_mend :exec
update ready_item set ready_from_code = :ready_from_code, least_n = :least_n, sort_no = :sort_no where id = :id;

-- name: ready_item_end :exec
update ready_item set valid_to_day = :valid_to_day where id = :id;
