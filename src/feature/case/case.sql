-- Cases: filing, looking up, listing, the numbers beside them.

-- name: case_ref_get :one
select home, case_id from case_ref where ref_code = :ref_code;

-- name: case_ref_add :exec
insert into case_ref (ref_code, home, case_id) values (:ref_code, :home, :case_id);

-- name: case_add :exec
insert into cases (home, id, case_kind_code, ref_code, service_id, unit_id, province_id, district_id, tehsil_id,
                   filed_office_id, filed_by_id, channel_code, lang_code, sex_code, words_text, place_text, filed_ms,
                   filed_day, filed_month, key_no, pin_generation_no, search_text)
values (:home, :id, :case_kind_code, :ref_code, :service_id, :unit_id, :province_id, :district_id, :tehsil_id,
        :filed_office_id, :filed_by_id, :channel_code, :lang_code, :sex_code, :words_text, :place_text, :filed_ms,
        :filed_day, :filed_month, :key_no, 0, :search_text);

-- name: case_search_add :exec
insert into case_search (rowid, search_text) values (:id, :search_text);

-- name: case_search_set :exec
update case_search set search_text = :search_text where rowid = :id;

-- name: case_get :one
select home, id, case_kind_code, ref_code, service_id, unit_id, district_id, tehsil_id, filed_office_id, filed_by_id,
       channel_code, lang_code, sex_code, words_text, place_text, filed_ms, filed_month, key_no, pin_generation_no
from cases
where home = :home and id = :id;

-- name: case_set :exec
-- What the desk corrected; the old value stands in the timeline.
update cases
set service_id = :service_id, unit_id = :unit_id, tehsil_id = :tehsil_id, words_text = :words_text,
    search_text = :search_text
where home = :home and id = :id;

-- name: case_list :many
-- By due date, going on behind a cursor.
-- in after_due_ms i64
-- in after_id i64
-- in limit i64
select f.subject_id, f.flow_state, f.due_ms, f.office_id, f.topic_id, f.unit_id, c.ref_code, c.filed_ms, c.sex_code,
       c.words_text
from flow f
join cases c on c.home = f.home and c.id = f.subject_id
where f.home = :home and f.kind_no = 1
--? :flow_state and f.flow_state = :flow_state
--? :office_id and f.office_id = :office_id
--? :topic_id and f.topic_id = :topic_id
--? :tehsil_id and f.tehsil_id = :tehsil_id
  and (f.due_ms, f.subject_id) > (:after_due_ms, :after_id)
order by f.due_ms, f.subject_id
limit :limit;

-- name: case_open_list :many
-- The same, only what somebody still owes something on.
-- row: case_list
-- in after_due_ms i64
-- in after_id i64
-- in limit i64
select f.subject_id, f.flow_state, f.due_ms, f.office_id, f.topic_id, f.unit_id, c.ref_code, c.filed_ms, c.sex_code,
       c.words_text
from flow f
join cases c on c.home = f.home and c.id = f.subject_id
where f.home = :home and f.kind_no = 1 and f.open_flag = 1
--? :office_id and f.office_id = :office_id
--? :topic_id and f.topic_id = :topic_id
--? :tehsil_id and f.tehsil_id = :tehsil_id
  and (f.due_ms, f.subject_id) > (:after_due_ms, :after_id)
order by f.due_ms, f.subject_id
limit :limit;

-- name: case_by_words :many
-- Newest first. The terms are folded words with the scope token of the district before them.
-- row: case_list
-- in terms_text text
-- in before_id i64
-- in limit i64
select f.subject_id, f.flow_state, f.due_ms, f.office_id, f.topic_id, f.unit_id, c.ref_code, c.filed_ms, c.sex_code,
       c.words_text
from case_search s
join cases c on c.home = :home and c.id = s.rowid
join flow f on f.home = c.home and f.kind_no = 1 and f.subject_id = c.id
where case_search match :terms_text and s.rowid < :before_id
--? :flow_state and f.flow_state = :flow_state
--? :office_id and f.office_id = :office_id
--? :topic_id and f.topic_id = :topic_id
--? :tehsil_id and f.tehsil_id = :tehsil_id
order by s.rowid desc
limit :limit;

-- name: case_by_blind :many
-- Cases of a phone number, newest first: the matter, never who.
-- row: case_list
-- in before_id i64
-- in limit i64
select f.subject_id, f.flow_state, f.due_ms, f.office_id, f.topic_id, f.unit_id, c.ref_code, c.filed_ms, c.sex_code,
       c.words_text
from identity_index x
join cases c on c.home = x.home and c.id = x.case_id
join flow f on f.home = c.home and f.kind_no = 1 and f.subject_id = c.id
where x.home = :home and x.index_kind_code = :index_kind_code and x.blind_hash = :blind_hash
  and x.case_id < :before_id
order by x.case_id desc
limit :limit;

-- name: case_row :one
-- One case as lists show it.
-- row: case_list
select f.subject_id, f.flow_state, f.due_ms, f.office_id, f.topic_id, f.unit_id, c.ref_code, c.filed_ms, c.sex_code,
       c.words_text
from cases c
join flow f on f.home = c.home and f.kind_no = 1 and f.subject_id = c.id
where c.home = :home and c.id = :id;

-- name: identity_add :exec
insert into identity (home, case_id, party_no, name_enc, phone_enc, address_enc, whose_phone_code, safe_call_flag)
values (:home, :case_id, 1, :name_enc, :phone_enc, :address_enc, :whose_phone_code, :safe_call_flag);

-- name: identity_get :one
select name_enc, phone_enc, address_enc, whose_phone_code, safe_call_flag
from identity
where home = :home and case_id = :case_id and party_no = 1;

-- name: identity_set_phone :exec
update identity
set phone_enc = :phone_enc, whose_phone_code = null, safe_call_flag = 0
where home = :home and case_id = :case_id and party_no = 1;

-- name: identity_index_add :exec
insert into identity_index (home, index_kind_code, blind_hash, case_id)
values (:home, :index_kind_code, :blind_hash, :case_id)
on conflict do nothing;

-- name: identity_index_remove :exec
delete from identity_index
where home = :home and index_kind_code = :index_kind_code and blind_hash = :blind_hash and case_id = :case_id;

-- name: tally_add :exec
insert into tally (home, filed_month, kind_no, service_id, sex_code, flow_state, cases_n)
values (:home, :filed_month, :kind_no, :service_id, :sex_code, :flow_state, :cases_n)
on conflict (home, filed_month, kind_no, service_id, sex_code, flow_state)
do update set cases_n = tally.cases_n + excluded.cases_n;

-- name: tally_coarse_add :exec
insert into tally_coarse (home, filed_month, kind_no, sex_code, flow_state, cases_n)
values (:home, :filed_month, :kind_no, :sex_code, :flow_state, :cases_n)
on conflict (home, filed_month, kind_no, sex_code, flow_state)
do update set cases_n = tally_coarse.cases_n + excluded.cases_n;

-- name: tally_delta_add :exec
insert into tally_delta (id, home, filed_month, kind_no, service_id, sex_code, flow_state, cases_n)
values (:id, :home, :filed_month, :kind_no, :service_id, :sex_code, :flow_state, :cases_n);

-- name: tally_delta_take :many
-- The oldest deltas, to be folded.
-- in limit i64
-- scan: a job keeps this table short
select id, home, filed_month, kind_no, service_id, sex_code, flow_state, cases_n
from tally_delta order by id limit :limit;

-- name: tally_delta_remove :exec
delete from tally_delta where id = :id;

-- name: tally_by_state :many
-- How many cases of a district stand where, by sex; what is not folded yet included.
-- col flow_state i64
-- col sex_code text
-- col cases_n i64
-- scan: a job keeps tally_delta short
select t.flow_state as flow_state, t.sex_code as sex_code, cast(sum(t.cases_n) as bigint) as cases_n
from (select flow_state, sex_code, cases_n from tally_coarse where home = :home
      union all
      select flow_state, sex_code, cases_n from tally_delta where home = :home) t
group by t.flow_state, t.sex_code
order by t.flow_state, t.sex_code;

-- name: tally_next :one
-- The next month of a district that has a summary, behind one.
select home, filed_month
from tally_coarse
where (home, filed_month) > (:home, :filed_month)
order by home, filed_month
limit 1;

-- name: tally_recount :many
-- A month counted from the cases themselves: what the nightly check compares with.
-- col cases_n i64
select c.service_id, c.sex_code, f.flow_state, count(*) as cases_n
from cases c
join flow f on f.home = c.home and f.kind_no = :kind_no and f.subject_id = c.id
where c.home = :home and c.filed_month = :filed_month
group by c.service_id, c.sex_code, f.flow_state
order by c.service_id, c.sex_code, f.flow_state;

-- name: tally_recount_coarse :many
-- col cases_n i64
select c.sex_code, f.flow_state, count(*) as cases_n
from cases c
join flow f on f.home = c.home and f.kind_no = :kind_no and f.subject_id = c.id
where c.home = :home and c.filed_month = :filed_month
group by c.sex_code, f.flow_state
order by c.sex_code, f.flow_state;

-- name: tally_list :many
select service_id, sex_code, flow_state, cases_n
from tally
where home = :home and filed_month = :filed_month and kind_no = :kind_no and cases_n <> 0
order by service_id, sex_code, flow_state;

-- name: tally_coarse_list :many
select sex_code, flow_state, cases_n
from tally_coarse
where home = :home and filed_month = :filed_month and kind_no = :kind_no and cases_n <> 0
order by sex_code, flow_state;

-- name: officer_list :many
-- Those a case can be given to.
select id, login_code, name_text, office_id
from account
where home = :home and role_no = :role_no and disabled_ms is null and office_id is not null
order by login_code;
