-- Cases: filing, looking up, listing, the numbers beside them.

-- name: case_ref_get :one
select home, case_id from case_ref where ref_code = :ref_code;

-- name: case_ref_add :exec
insert into case_ref (ref_code, home, case_id) values (:ref_code, :home, :case_id);

-- name: case_held_get :one
select home, holder_kind, holder_id, held_ms, barred_ms from case_ref_held where ref_code = :ref_code;

-- name: case_held_add :exec
insert into case_ref_held (ref_code, home, holder_kind, holder_id, held_ms, barred_ms)
values (:ref_code, :home, :holder_kind, :holder_id, :held_ms, null);

-- name: case_held_list :many
-- in after_code text
-- in limit i64
-- col case_id i64?
select h.ref_code, h.held_ms, h.barred_ms, r.case_id
from case_ref_held h
left join case_ref r on r.ref_code = h.ref_code
where h.holder_kind = :holder_kind and h.holder_id = :holder_id and h.ref_code > :after_code
order by h.ref_code
limit :limit;

-- name: case_held_bar :exec
update case_ref_held set barred_ms = :barred_ms where ref_code = :ref_code and barred_ms is null;

-- name: case_held_device :one
-- Which device carries a number, and what became of what was taken down under it there.
-- col record_code text?
-- col record_state_code text?
-- col why_code text?
-- col gone_n i64
select d.device_code, d.name_text, d.desk_id, r.record_code, r.record_state_code, r.why_code,
       (select count(*) from device_gone g where g.home = d.home and g.device_id = d.id and g.ref_code = :ref_code) as gone_n
from device d
left join device_record r on r.ref_code = :ref_code and r.ref_code <> '' and r.home = d.home and r.device_id = d.id
where d.home = :home and d.id = :id
order by r.begun_ms desc
limit 1;

-- name: case_held_pad :one
select p.pad_code, p.desk_id, p.lost_ms, f.form_code
from pad_form f
join pad p on p.home = f.home and p.id = f.pad_id
where f.ref_code = :ref_code;

-- name: case_add :exec
insert into cases (home, id, case_kind_code, ref_code, service_id, unit_id, province_id, division_id, district_id,
                   tehsil_id, filed_office_id, filed_by_id, channel_code, lang_code, spoken_code, behalf_code,
                   anonymous_flag, reachable_flag, group_n, sex_code, age_code, disability_code, minority_code,
                   same_as_id, past_id, words_text, place_text, filed_ms, filed_day, filed_month, key_no,
                   pin_generation_no, search_text)
values (:home, :id, :case_kind_code, :ref_code, :service_id, :unit_id, :province_id, :division_id, :district_id,
        :tehsil_id, :filed_office_id, :filed_by_id, :channel_code, :lang_code, :spoken_code, :behalf_code,
        :anonymous_flag, :reachable_flag, :group_n, :sex_code, :age_code, :disability_code, :minority_code,
        :same_as_id, :past_id, :words_text, :place_text, :filed_ms, :filed_day, :filed_month, :key_no, 0, :search_text);

-- name: case_search_add :exec
insert into case_search (rowid, search_text) values (:id, :search_text);

-- name: case_search_drop :exec
-- Before its words change: the index keeps no text, and is told which words go.
insert into case_search (case_search, rowid, search_text)
select 'delete', id, search_text from cases where home = :home and id = :id;

-- name: case_get :one
select home, id, case_kind_code, ref_code, service_id, unit_id, province_id, division_id, district_id, tehsil_id,
       filed_office_id, filed_by_id, channel_code, lang_code, spoken_code, behalf_code, anonymous_flag,
       reachable_flag, group_n, sex_code, age_code, disability_code, minority_code, same_as_id, past_id, words_text,
       place_text, filed_ms, filed_day, filed_month, key_no, pin_generation_no
from cases
where home = :home and id = :id;

-- name: case_set :exec
-- What the desk corrected; the old value stands in the timeline.
update cases
set service_id = :service_id, unit_id = :unit_id, tehsil_id = :tehsil_id, words_text = :words_text,
    reachable_flag = :reachable_flag, search_text = :search_text
where home = :home and id = :id;

-- name: case_pin_next :exec
update cases set pin_generation_no = pin_generation_no + 1 where home = :home and id = :id;

-- name: case_told :one
-- How many joined a case: "me too". Who went past the desk moves no number that it sees.
-- col cases_n i64
select count(*) as cases_n from cases c
where c.home = :home and c.same_as_id = :same_as_id
  and not exists (select 1 from case_bar b where b.home = c.home and b.case_id = c.id);

-- name: case_similar :many
-- Open cases of the same matter in the same place, newest first: what "me too" offers. Nobody's words.
-- Without statistics SQLite would rather go through the whole district than along the index of places.
-- in since_ms i64
-- in limit i64
select c.id, c.ref_code, c.filed_ms, c.unit_id
from flow f indexed by flow_open_by_place
cross join cases c
where c.home = f.home and c.id = f.subject_id
  and f.home = :home and f.kind_no = 1 and f.topic_id = :topic_id and f.open_flag = 1 and f.unit_id = :unit_id
  and not exists (select 1 from case_bar b where b.home = c.home and b.case_id = c.id)
  and c.case_kind_code = 'complaint' and c.same_as_id is null and c.filed_ms > :since_ms
order by c.filed_ms desc, c.id desc
limit :limit;

-- name: case_silent_list :many
-- Waiting for an answer since long, and all the while there was no way to reach her: who was struck off the list of
-- those to be called only lately has waited only since then.
-- in before_ms i64
-- in amend_no i64
-- in limit i64
select c.ref_code
from flow f
join cases c on c.home = f.home and c.id = f.subject_id
where f.home = :home and f.kind_no = 1 and f.flow_state = :flow_state and f.since_ms < :before_ms
  and c.reachable_flag = 0
  and not exists (select 1 from flow_step s
                  where s.home = f.home and s.kind_no = f.kind_no and s.subject_id = f.subject_id
                    and s.action_no = :amend_no and s.at_ms >= :before_ms
                    and s.detail_code in ('phone', 'contact', 'consent'))
order by f.due_ms, f.subject_id
limit :limit;

-- name: consent_add :exec
insert into consent (home, case_id, id, purpose_code, given_flag, step_no, asked_ms, asked_by_id)
values (:home, :case_id, :id, :purpose_code, :given_flag, :step_no, :asked_ms, :asked_by_id);

-- name: consent_list :many
-- In the order in which they were said: the last of a purpose holds. Ids of several writers tell no order, steps do.
select purpose_code, given_flag, asked_ms
from consent
where home = :home and case_id = :case_id
order by step_no, id;

-- name: case_document_add :exec
insert into case_document (home, case_id, document_code, given_flag)
values (:home, :case_id, :document_code, :given_flag);

-- name: case_document_give :exec
update case_document set given_flag = 1
where home = :home and case_id = :case_id and document_code = :document_code;

-- name: case_document_list :many
select document_code, given_flag from case_document where home = :home and case_id = :case_id order by document_code;


-- name: case_list :many
-- By due date, going on behind a cursor. What is 0 or '' is not asked; four facets have indexes of their own. The rest
-- stands in one CASE, here and below: taken apart, SQLite hopes for so few rows of so many conditions that it sorts all
-- of them, or begins with the months.
-- in kind_code text
-- in at_desk i64
-- in also_id i64
-- in unit_id i64
-- in officer_id i64
-- in unassigned i64
-- in returned_no i64
-- in unseen i64
-- in mark_bits i64
-- in from_month i64
-- in to_month i64
-- in filed_until_ms i64
-- in viewer_id i64
-- in limit i64
-- col seen_step_no i64
-- in after_due_ms i64
-- in after_id i64
-- in due_until_ms i64
select f.subject_id, f.flow_state, f.due_ms, f.step_ms, f.action_no, f.office_id, f.assignee_id, f.marked_id, f.topic_id, f.unit_id,
       f.reason_code, f.next_day, f.mark_no, c.case_kind_code, c.ref_code, c.filed_ms, c.sex_code, c.reachable_flag,
       c.words_text, coalesce(n.step_no, 0) as seen_step_no, f.step_no
from flow f
join cases c on c.home = f.home and c.id = f.subject_id
left join seen n on n.home = f.home and n.kind_no = 1 and n.subject_id = f.subject_id and n.account_id = :viewer_id
where f.home = :home and f.kind_no = 1
  and (f.due_ms, f.subject_id) > (:after_due_ms, :after_id)
  and f.due_ms <= :due_until_ms
--? :flow_state and f.flow_state = :flow_state
--? :office_id and f.office_id = :office_id
--? :topic_id and f.topic_id = :topic_id
--? :tehsil_id and f.tehsil_id = :tehsil_id
  and case when (:unit_id = 0 or f.unit_id = :unit_id)
             and (:officer_id = 0 or f.assignee_id = :officer_id or f.marked_id = :officer_id)
             and (:reason_code = '' or f.reason_code = :reason_code or (:reason_code = 'any' and f.reason_code <> ''))
             and (:unassigned = 0 or f.office_id is null)
             and (:returned_no = 0 or f.action_no = :returned_no)
             and ((f.mark_no & :mark_bits) = :mark_bits)
        then 1 else 0 end = 1
  and case when (:kind_code = '' or c.case_kind_code = :kind_code)
             and (:at_desk = 0 or c.filed_office_id = :at_desk)
             and (:sex_code = '' or c.sex_code = :sex_code)
             and c.filed_month between :from_month and :to_month
             and c.filed_ms <= :filed_until_ms
        then 1 else 0 end = 1
  and (:barred_id = 0 or not exists (select 1 from case_bar b where b.home = f.home and b.barred_id in (:barred_id, :also_id) and b.case_id = f.subject_id))
  and case when (:unseen = 0 or coalesce(n.step_no, 0) < f.step_no) then 1 else 0 end = 1
order by f.due_ms, f.subject_id
limit :limit;

-- name: case_open_list :many
-- The same, only what somebody still owes something on.
-- row: case_list
-- in kind_code text
-- in at_desk i64
-- in also_id i64
-- in unit_id i64
-- in officer_id i64
-- in unassigned i64
-- in returned_no i64
-- in unseen i64
-- in mark_bits i64
-- in from_month i64
-- in to_month i64
-- in filed_until_ms i64
-- in viewer_id i64
-- in limit i64
-- col seen_step_no i64
-- in after_due_ms i64
-- in after_id i64
-- in due_until_ms i64
select f.subject_id, f.flow_state, f.due_ms, f.step_ms, f.action_no, f.office_id, f.assignee_id, f.marked_id, f.topic_id, f.unit_id,
       f.reason_code, f.next_day, f.mark_no, c.case_kind_code, c.ref_code, c.filed_ms, c.sex_code, c.reachable_flag,
       c.words_text, coalesce(n.step_no, 0) as seen_step_no, f.step_no
from flow f
join cases c on c.home = f.home and c.id = f.subject_id
left join seen n on n.home = f.home and n.kind_no = 1 and n.subject_id = f.subject_id and n.account_id = :viewer_id
where f.home = :home and f.kind_no = 1 and f.open_flag = 1
  and (f.due_ms, f.subject_id) > (:after_due_ms, :after_id)
  and f.due_ms <= :due_until_ms
--? :office_id and f.office_id = :office_id
--? :topic_id and f.topic_id = :topic_id
--? :tehsil_id and f.tehsil_id = :tehsil_id
  and case when (:unit_id = 0 or f.unit_id = :unit_id)
             and (:officer_id = 0 or f.assignee_id = :officer_id or f.marked_id = :officer_id)
             and (:reason_code = '' or f.reason_code = :reason_code or (:reason_code = 'any' and f.reason_code <> ''))
             and (:unassigned = 0 or f.office_id is null)
             and (:returned_no = 0 or f.action_no = :returned_no)
             and ((f.mark_no & :mark_bits) = :mark_bits)
        then 1 else 0 end = 1
  and case when (:kind_code = '' or c.case_kind_code = :kind_code)
             and (:at_desk = 0 or c.filed_office_id = :at_desk)
             and (:sex_code = '' or c.sex_code = :sex_code)
             and c.filed_month between :from_month and :to_month
             and c.filed_ms <= :filed_until_ms
        then 1 else 0 end = 1
  and (:barred_id = 0 or not exists (select 1 from case_bar b where b.home = f.home and b.barred_id in (:barred_id, :also_id) and b.case_id = f.subject_id))
  and case when (:unseen = 0 or coalesce(n.step_no, 0) < f.step_no) then 1 else 0 end = 1
order by f.due_ms, f.subject_id
limit :limit;

-- name: case_newest :many
-- Newest first. Which ones is read in an index alone, i: so that SQLite takes the office's or the tehsil's own.
-- row: case_list
-- in kind_code text
-- in at_desk i64
-- in also_id i64
-- in unit_id i64
-- in officer_id i64
-- in unassigned i64
-- in returned_no i64
-- in unseen i64
-- in mark_bits i64
-- in from_month i64
-- in to_month i64
-- in filed_until_ms i64
-- in viewer_id i64
-- in limit i64
-- in due_from_ms i64
-- in due_until_ms i64
-- col seen_step_no i64
-- in before_id i64
select f.subject_id, f.flow_state, f.due_ms, f.step_ms, f.action_no, f.office_id, f.assignee_id, f.marked_id, f.topic_id, f.unit_id,
       f.reason_code, f.next_day, f.mark_no, c.case_kind_code, c.ref_code, c.filed_ms, c.sex_code, c.reachable_flag,
       c.words_text, coalesce(n.step_no, 0) as seen_step_no, f.step_no
from flow i
cross join flow f
cross join cases c
left join seen n on n.home = f.home and n.kind_no = 1 and n.subject_id = f.subject_id and n.account_id = :viewer_id
where i.home = :home and i.kind_no = 1 and i.subject_id < :before_id
--? :office_id and i.office_id = :office_id
--? :tehsil_id and i.tehsil_id = :tehsil_id
  and f.home = i.home and f.kind_no = i.kind_no and f.subject_id = i.subject_id
--? :flow_state and f.flow_state = :flow_state
--? :topic_id and f.topic_id = :topic_id
  and c.home = f.home and c.id = f.subject_id
  and case when (:unit_id = 0 or f.unit_id = :unit_id)
             and (:officer_id = 0 or f.assignee_id = :officer_id or f.marked_id = :officer_id)
             and (:reason_code = '' or f.reason_code = :reason_code or (:reason_code = 'any' and f.reason_code <> ''))
             and (:unassigned = 0 or f.office_id is null)
             and (:returned_no = 0 or f.action_no = :returned_no)
             and ((f.mark_no & :mark_bits) = :mark_bits)
        then 1 else 0 end = 1
  and case when (:kind_code = '' or c.case_kind_code = :kind_code)
             and (:at_desk = 0 or c.filed_office_id = :at_desk)
             and (:sex_code = '' or c.sex_code = :sex_code)
             and c.filed_month between :from_month and :to_month
             and c.filed_ms <= :filed_until_ms
        then 1 else 0 end = 1
  and (:barred_id = 0 or not exists (select 1 from case_bar b where b.home = f.home and b.barred_id in (:barred_id, :also_id) and b.case_id = f.subject_id))
  and case when (:unseen = 0 or coalesce(n.step_no, 0) < f.step_no) then 1 else 0 end = 1
  and f.open_flag >= :open_flag
  and f.due_ms between :due_from_ms and :due_until_ms
order by i.subject_id desc
limit :limit;

-- name: case_by_words :many
-- Newest first. The terms are folded words with the scope token of the district before them. CROSS JOIN: the words come
-- first; asked once for each case of the district they would take seconds.
-- row: case_list
-- in kind_code text
-- in at_desk i64
-- in also_id i64
-- in unit_id i64
-- in officer_id i64
-- in unassigned i64
-- in returned_no i64
-- in unseen i64
-- in mark_bits i64
-- in from_month i64
-- in to_month i64
-- in filed_until_ms i64
-- in viewer_id i64
-- in limit i64
-- in due_from_ms i64
-- in due_until_ms i64
-- col seen_step_no i64
-- in terms_text text
-- in before_id i64
select f.subject_id, f.flow_state, f.due_ms, f.step_ms, f.action_no, f.office_id, f.assignee_id, f.marked_id, f.topic_id, f.unit_id,
       f.reason_code, f.next_day, f.mark_no, c.case_kind_code, c.ref_code, c.filed_ms, c.sex_code, c.reachable_flag,
       c.words_text, coalesce(n.step_no, 0) as seen_step_no, f.step_no
from case_search s
cross join flow f on f.home = :home and f.kind_no = 1 and f.subject_id = s.rowid
cross join cases c on c.home = f.home and c.id = f.subject_id
left join seen n on n.home = f.home and n.kind_no = 1 and n.subject_id = f.subject_id and n.account_id = :viewer_id
where case_search match :terms_text and s.rowid < :before_id
--? :flow_state and f.flow_state = :flow_state
--? :office_id and f.office_id = :office_id
--? :topic_id and f.topic_id = :topic_id
--? :tehsil_id and f.tehsil_id = :tehsil_id
  and case when (:unit_id = 0 or f.unit_id = :unit_id)
             and (:officer_id = 0 or f.assignee_id = :officer_id or f.marked_id = :officer_id)
             and (:reason_code = '' or f.reason_code = :reason_code or (:reason_code = 'any' and f.reason_code <> ''))
             and (:unassigned = 0 or f.office_id is null)
             and (:returned_no = 0 or f.action_no = :returned_no)
             and ((f.mark_no & :mark_bits) = :mark_bits)
        then 1 else 0 end = 1
  and case when (:kind_code = '' or c.case_kind_code = :kind_code)
             and (:at_desk = 0 or c.filed_office_id = :at_desk)
             and (:sex_code = '' or c.sex_code = :sex_code)
             and c.filed_month between :from_month and :to_month
             and c.filed_ms <= :filed_until_ms
        then 1 else 0 end = 1
  and (:barred_id = 0 or not exists (select 1 from case_bar b where b.home = f.home and b.barred_id in (:barred_id, :also_id) and b.case_id = f.subject_id))
  and case when (:unseen = 0 or coalesce(n.step_no, 0) < f.step_no) then 1 else 0 end = 1
  and f.open_flag >= :open_flag
  and f.due_ms between :due_from_ms and :due_until_ms
order by s.rowid desc
limit :limit;

-- name: case_words_some :one
-- How many cases have some words, counted no further than the limit.
-- in terms_text text
-- in limit i64
-- col cases_n i64
select count(*) as cases_n
from (select s.rowid from case_search s where case_search match :terms_text limit :limit) t;

-- name: case_office_some :one
-- How many cases an office has or had last, counted no further than the limit.
-- in limit i64
-- in office_id i64
-- col cases_n i64
select count(*) as cases_n
from (select f.subject_id from flow f where f.home = :home and f.kind_no = 1 and f.office_id = :office_id limit :limit) t;

-- name: case_office_texts :many
-- What is searched in of an office's cases, the newest first.
-- in limit i64
-- in office_id i64
select c.id, c.search_text
from flow i
cross join cases c
where i.home = :home and i.kind_no = 1 and i.office_id = :office_id and c.home = i.home and c.id = i.subject_id
order by i.subject_id desc
limit :limit;

-- name: case_row :one
-- One case as lists show it.
-- row: case_list
-- in viewer_id i64
-- col seen_step_no i64
select f.subject_id, f.flow_state, f.due_ms, f.step_ms, f.action_no, f.office_id, f.assignee_id, f.marked_id, f.topic_id, f.unit_id,
       f.reason_code, f.next_day, f.mark_no, c.case_kind_code, c.ref_code, c.filed_ms, c.sex_code, c.reachable_flag,
       c.words_text, coalesce(n.step_no, 0) as seen_step_no, f.step_no
from cases c
join flow f on f.home = c.home and f.kind_no = 1 and f.subject_id = c.id
left join seen n on n.home = f.home and n.kind_no = 1 and n.subject_id = f.subject_id and n.account_id = :viewer_id
where c.home = :home and c.id = :id;

-- name: case_of_blind :many
-- Cases of a phone number, newest first: who they are of, never what about.
-- in limit i64
-- in also_id i64
select c.id, c.ref_code, c.filed_ms, c.key_no, c.sex_code, c.lang_code, c.spoken_code
from identity_index x
join cases c on c.home = x.home and c.id = x.case_id
where x.home = :home and x.index_kind_code = :index_kind_code and x.blind_hash = :blind_hash
  and (:barred_id = 0 or not exists (select 1 from case_bar b where b.home = x.home and b.barred_id in (:barred_id, :also_id) and b.case_id = x.case_id))
order by x.case_id desc
limit :limit;

-- name: bar_add :exec
insert into case_bar (home, barred_id, case_id, why_code) values (:home, :barred_id, :case_id, :why_code)
on conflict do nothing;

-- name: bar_get :many
-- Whether a case is closed to one of two.
-- in also_id i64
select barred_id, why_code from case_bar where home = :home and barred_id in (:barred_id, :also_id) and case_id = :case_id;

-- name: room_add :exec
insert into case_room (home, case_id, room_code) values (:home, :case_id, :room_code);

-- name: room_list :many
select room_code from case_room where home = :home and case_id = :case_id;

-- name: past_desks :many
-- The desks of a district, and in whose house they stand.
-- in on_day i64
-- col host_id i64?
-- col host_kind_code text?
select b.id, p.host_id as host_id, h.body_kind_code as host_kind_code
from body b
left join desk_profile p on p.body_id = b.id and p.valid_from_day <= :on_day and p.valid_to_day > :on_day
left join body h on h.id = p.host_id
where b.home = :home and b.body_kind_code = 'desk' and b.valid_from_day <= :on_day and b.valid_to_day > :on_day
order by b.id;

-- name: past_to :many
-- Who looks into what goes past a desk: the head of the district, or the head of what stands above it.
-- in on_day i64
select id from body
where unit_id = :unit_id and body_kind_code = :body_kind_code and valid_from_day <= :on_day and valid_to_day > :on_day
order by body_code limit 1;

-- name: bar_any :many
-- Whether anything is closed to one of two.
-- in also_id i64
select case_id from case_bar where home = :home and barred_id in (:barred_id, :also_id) limit 1;

-- name: bar_sealed :many
-- To whom it is closed and why, and what she said when she was asked; for the seal, in one order on every engine.
-- col barred_id i64
-- col why_code text
select t.barred_id, t.why_code
from (select barred_id, why_code from case_bar where home = :home and case_id = :case_id
      union all
      select 0, room_code from case_room where home = :home and case_id = :case_id) t
order by t.barred_id;

-- name: bar_list :many
-- To whom it is closed.
select barred_id, why_code from case_bar where home = :home and case_id = :case_id order by barred_id;

-- name: identity_add :exec
insert into identity (home, case_id, party_no, name_enc, alias_enc, relation_code, relation_name_enc, phone_enc,
                      address_enc, cnic_enc, difficulty_enc, whose_phone_code, safe_call_flag, safe_sms_flag, when_code)
values (:home, :case_id, :party_no, :name_enc, :alias_enc, :relation_code, :relation_name_enc, :phone_enc,
        :address_enc, :cnic_enc, :difficulty_enc, :whose_phone_code, :safe_call_flag, :safe_sms_flag, :when_code);

-- name: identity_get :one
select name_enc, alias_enc, relation_code, relation_name_enc, phone_enc, address_enc, cnic_enc, difficulty_enc,
       whose_phone_code, safe_call_flag, safe_sms_flag, when_code
from identity
where home = :home and case_id = :case_id and party_no = 1;

-- name: identity_signed :many
-- Who else signed.
select party_no, name_enc
from identity
where home = :home and case_id = :case_id and party_no > 1
order by party_no;

-- name: identity_set_phone :exec
update identity
set phone_enc = :phone_enc, whose_phone_code = null, safe_call_flag = 0, safe_sms_flag = 0, when_code = null
where home = :home and case_id = :case_id and party_no = 1;

-- name: identity_set_contact :exec
update identity
set whose_phone_code = :whose_phone_code, safe_call_flag = :safe_call_flag, safe_sms_flag = :safe_sms_flag,
    when_code = :when_code
where home = :home and case_id = :case_id and party_no = 1;

-- name: identity_erase :exec
update identity
set name_enc = null, alias_enc = null, relation_code = null, relation_name_enc = null, phone_enc = null,
    address_enc = null, cnic_enc = null, difficulty_enc = null, whose_phone_code = null, safe_call_flag = 0,
    safe_sms_flag = 0, when_code = null
where home = :home and case_id = :case_id and party_no = 1;

-- name: identity_unsign :exec
delete from identity where home = :home and case_id = :case_id and party_no > 1;

-- name: case_forget :exec
-- From now on it is a case without a name.
update cases set anonymous_flag = 1, reachable_flag = 0 where home = :home and id = :id;

-- name: identity_index_add :exec
insert into identity_index (home, index_kind_code, blind_hash, case_id)
values (:home, :index_kind_code, :blind_hash, :case_id)
on conflict do nothing;

-- name: identity_index_drop :exec
-- Whatever number it was.
delete from identity_index where home = :home and index_kind_code = :index_kind_code and case_id = :case_id;

-- name: identity_index_remove :exec
delete from identity_index
where home = :home and index_kind_code = :index_kind_code and blind_hash = :blind_hash and case_id = :case_id;

-- name: tally_add :exec
insert into tally (home, filed_month, case_kind_code, service_id, tehsil_id, sex_code, flow_state, reason_code, cases_n)
values (:home, :filed_month, :case_kind_code, :service_id, :tehsil_id, :sex_code, :flow_state, :reason_code, :cases_n)
on conflict (home, filed_month, case_kind_code, service_id, tehsil_id, sex_code, flow_state, reason_code)
do update set cases_n = tally.cases_n + excluded.cases_n;

-- name: tally_coarse_add :exec
insert into tally_coarse (home, filed_month, case_kind_code, sex_code, flow_state, reason_code, cases_n)
values (:home, :filed_month, :case_kind_code, :sex_code, :flow_state, :reason_code, :cases_n)
on conflict (home, filed_month, case_kind_code, sex_code, flow_state, reason_code)
do update set cases_n = tally_coarse.cases_n + excluded.cases_n;

-- name: tally_mark_add :exec
insert into tally_mark (home, filed_month, case_kind_code, service_id, tehsil_id, mark_code, spent_days, cases_n)
values (:home, :filed_month, :case_kind_code, :service_id, :tehsil_id, :mark_code, :spent_days, :cases_n)
on conflict (home, filed_month, case_kind_code, service_id, tehsil_id, mark_code, spent_days)
do update set cases_n = tally_mark.cases_n + excluded.cases_n;

-- name: tally_delta_add :exec
insert into tally_delta (id, home, filed_month, case_kind_code, service_id, tehsil_id, sex_code, flow_state, reason_code,
                         mark_code, spent_days, cases_n)
values (:id, :home, :filed_month, :case_kind_code, :service_id, :tehsil_id, :sex_code, :flow_state, :reason_code,
        :mark_code, :spent_days, :cases_n);

-- name: tally_delta_take :many
-- The oldest deltas, to be folded.
-- in limit i64
-- scan: a job keeps this table short
select id, home, filed_month, case_kind_code, service_id, tehsil_id, sex_code, flow_state, reason_code, mark_code,
       spent_days, cases_n
from tally_delta order by id limit :limit;

-- name: tally_delta_remove :exec
delete from tally_delta where id = :id;

-- name: tally_by_state :many
-- How many cases of a district stand where, by sex; what is not folded yet included.
-- col flow_state i64
-- col sex_code text
-- col reason_code text
-- col cases_n i64
-- scan: a job keeps tally_delta short
select t.flow_state as flow_state, t.sex_code as sex_code, t.reason_code as reason_code,
       cast(sum(t.cases_n) as bigint) as cases_n
from (select flow_state, sex_code, reason_code, cases_n from tally_coarse
      where home = :home and case_kind_code = :case_kind_code
      union all
      select flow_state, sex_code, reason_code, cases_n from tally_delta
      where home = :home and case_kind_code = :case_kind_code and mark_code = '') t
group by t.flow_state, t.sex_code, t.reason_code
order by t.flow_state, t.sex_code, t.reason_code;

-- name: bar_by_state :many
-- row: tally_by_state
-- What is closed to one of two, counted as tally_by_state counts: so much less do their figures say. tehsil_id 0: all.
-- in also_id i64
-- col cases_n i64
select f.flow_state, c.sex_code, f.reason_code, count(*) as cases_n
from cases c
join flow f on f.home = c.home and f.kind_no = 1 and f.subject_id = c.id
where c.home = :home and c.case_kind_code = :case_kind_code
  and c.id in (select b.case_id from case_bar b where b.home = :home and b.barred_id in (:barred_id, :also_id))
  and (:tehsil_id = 0 or c.tehsil_id = :tehsil_id)
group by f.flow_state, c.sex_code, f.reason_code
order by f.flow_state, c.sex_code, f.reason_code;

-- name: tally_by_state_tehsil :many
-- The same of a tehsil.
-- row: tally_by_state
-- col flow_state i64
-- col sex_code text
-- col reason_code text
-- col cases_n i64
-- scan: a job keeps tally_delta short
select t.flow_state as flow_state, t.sex_code as sex_code, t.reason_code as reason_code,
       cast(sum(t.cases_n) as bigint) as cases_n
from (select flow_state, sex_code, reason_code, cases_n from tally
      where home = :home and case_kind_code = :case_kind_code and tehsil_id = :tehsil_id
      union all
      select flow_state, sex_code, reason_code, cases_n from tally_delta
      where home = :home and case_kind_code = :case_kind_code and tehsil_id = :tehsil_id and mark_code = '') t
group by t.flow_state, t.sex_code, t.reason_code
order by t.flow_state, t.sex_code, t.reason_code;

-- name: tally_by_sex :many
-- All districts, complaints: for the start page.
-- col sex_code text
-- col cases_n i64
-- scan: a row for each month, district, sex and state: some thousands
select t.sex_code as sex_code, cast(sum(t.cases_n) as bigint) as cases_n
from (select sex_code, cases_n from tally_coarse where case_kind_code = 'complaint'
      union all
      select sex_code, cases_n from tally_delta where case_kind_code = 'complaint' and mark_code = '') t
group by t.sex_code
order by t.sex_code;

-- name: bar_by_sex :many
-- Complaints that went past a desk, in all districts: what nobody may find by subtraction.
-- col cases_n i64
-- scan: what went past a desk is little, and it is asked once a minute
select c.sex_code, count(*) as cases_n
from (select distinct home, case_id from case_bar where why_code = 'about') b
join cases c on c.home = b.home and c.id = b.case_id
where c.case_kind_code = 'complaint'
group by c.sex_code
order by c.sex_code;

-- name: tally_of_services :many
-- How many cases of a district stand where, by service, filed in a span of months. tehsil_id 0: all.
-- in from_month i64
-- in to_month i64
-- col service_id i64
-- col flow_state i64
-- col reason_code text
-- col cases_n i64
-- scan: a job keeps tally_delta short
select t.service_id as service_id, t.flow_state as flow_state, t.reason_code as reason_code,
       cast(sum(t.cases_n) as bigint) as cases_n
from (select service_id, flow_state, reason_code, cases_n from tally
      where home = :home and case_kind_code = :case_kind_code and filed_month between :from_month and :to_month
        and (:tehsil_id = 0 or tehsil_id = :tehsil_id)
      union all
      select service_id, flow_state, reason_code, cases_n from tally_delta
      where home = :home and case_kind_code = :case_kind_code and filed_month between :from_month and :to_month
        and (:tehsil_id = 0 or tehsil_id = :tehsil_id) and mark_code = '') t
group by t.service_id, t.flow_state, t.reason_code
order by t.service_id, t.flow_state, t.reason_code;

-- name: tally_marks_of_services :many
-- What they have gone through, the same way. tehsil_id 0: all.
-- in from_month i64
-- in to_month i64
-- col service_id i64
-- col mark_code text
-- col spent_days i64
-- col cases_n i64
-- scan: a job keeps tally_delta short
select t.service_id as service_id, t.mark_code as mark_code, t.spent_days as spent_days,
       cast(sum(t.cases_n) as bigint) as cases_n
from (select service_id, mark_code, spent_days, cases_n from tally_mark
      where home = :home and case_kind_code = :case_kind_code and filed_month between :from_month and :to_month
        and (:tehsil_id = 0 or tehsil_id = :tehsil_id)
      union all
      select service_id, mark_code, spent_days, cases_n from tally_delta
      where home = :home and case_kind_code = :case_kind_code and filed_month between :from_month and :to_month
        and (:tehsil_id = 0 or tehsil_id = :tehsil_id) and mark_code <> '') t
group by t.service_id, t.mark_code, t.spent_days
order by t.service_id, t.mark_code, t.spent_days;

-- name: tally_next :one
-- The next month of a district that has a summary, behind one.
select home, filed_month
from tally_coarse
where (home, filed_month) > (:home, :filed_month)
order by home, filed_month
limit 1;

-- name: tally_recount :many
-- A month counted from the cases themselves: what the nightly check compares with.
-- col tehsil_id i64
-- col cases_n i64
select c.case_kind_code, c.service_id, coalesce(c.tehsil_id, 0) as tehsil_id, c.sex_code, f.flow_state, f.reason_code,
       count(*) as cases_n
from cases c
join flow f on f.home = c.home and f.kind_no = 1 and f.subject_id = c.id
where c.home = :home and c.filed_month = :filed_month
group by c.case_kind_code, c.service_id, coalesce(c.tehsil_id, 0), c.sex_code, f.flow_state, f.reason_code
order by c.case_kind_code, c.service_id, coalesce(c.tehsil_id, 0), c.sex_code, f.flow_state, f.reason_code;

-- name: tally_recount_marks :many
-- The same of what they have gone through.
-- col tehsil_id i64
-- col spent_days i64
-- col cases_n i64
select c.case_kind_code, c.service_id, coalesce(c.tehsil_id, 0) as tehsil_id, f.mark_no,
       coalesce(f.spent_days, -1) as spent_days, count(*) as cases_n
from cases c
join flow f on f.home = c.home and f.kind_no = 1 and f.subject_id = c.id
where c.home = :home and c.filed_month = :filed_month and (f.mark_no <> 0 or f.spent_days is not null)
group by c.case_kind_code, c.service_id, coalesce(c.tehsil_id, 0), f.mark_no, coalesce(f.spent_days, -1)
order by c.case_kind_code, c.service_id, coalesce(c.tehsil_id, 0), f.mark_no, coalesce(f.spent_days, -1);

-- name: tally_recount_coarse :many
-- col cases_n i64
select c.case_kind_code, c.sex_code, f.flow_state, f.reason_code, count(*) as cases_n
from cases c
join flow f on f.home = c.home and f.kind_no = 1 and f.subject_id = c.id
where c.home = :home and c.filed_month = :filed_month
group by c.case_kind_code, c.sex_code, f.flow_state, f.reason_code
order by c.case_kind_code, c.sex_code, f.flow_state, f.reason_code;

-- name: tally_list :many
select case_kind_code, service_id, tehsil_id, sex_code, flow_state, reason_code, cases_n
from tally
where home = :home and filed_month = :filed_month and cases_n <> 0
order by case_kind_code, service_id, tehsil_id, sex_code, flow_state, reason_code;

-- name: tally_coarse_list :many
select case_kind_code, sex_code, flow_state, reason_code, cases_n
from tally_coarse
where home = :home and filed_month = :filed_month and cases_n <> 0
order by case_kind_code, sex_code, flow_state, reason_code;

-- name: tally_mark_list :many
select case_kind_code, service_id, tehsil_id, mark_code, spent_days, cases_n
from tally_mark
where home = :home and filed_month = :filed_month and cases_n <> 0
order by case_kind_code, service_id, tehsil_id, mark_code, spent_days;

-- name: officer_list :many
-- Those a case can be given to: of its district, and of what stands above it.
-- in province_id i64
-- in division_id i64
select id, login_code, name_text, office_id
from account
where home in (:home, 0) and role_no = :role_no and disabled_ms is null and office_id is not null
  and (home = :home or unit_id = :province_id or unit_id = :division_id)
order by login_code;

-- name: body_kind :one
select body_kind_code, unit_id from body where id = :id;

-- name: desk_of :one
-- A desk of a district.
-- in on_day i64
select id from body
where home = :home and body_kind_code = 'desk' and valid_from_day <= :on_day and valid_to_day > :on_day
limit 1;
