-- Matters that another institution has, and the institutions.

-- name: portal_list :many
-- Those of a province and of the whole country; what takes the service's matters first.
-- in on_day i64
-- in province_id i64
-- in country_id i64
-- col fits_flag i64
-- scan: some twenty portals
select p.id, p.portal_code, p.way_code, p.account_flag, p.look_text, p.escalated_days, p.helpline_text, p.lang_code,
       p.fields_text, p.verify_flag, p.sort_no, case when s.portal_id is null then 0 else 1 end as fits_flag
from portal p
left join portal_service s on s.portal_id = p.id and s.service_code = :service_code
where p.valid_from_day <= :on_day and p.valid_to_day > :on_day and p.unit_id in (:province_id, :country_id)
order by case when s.portal_id is null then 1 else 0 end, coalesce(s.sort_no, 0), p.sort_no;

-- name: portal_by_code :one
select id, portal_code, unit_id, way_code, account_flag, look_text, escalated_days, helpline_text, lang_code, fields_text,
       verify_flag, valid_from_day, valid_to_day
from portal where portal_code = :portal_code;

-- name: portal_outcome_list :many
select id, outcome_code from portal_outcome where portal_id = :portal_id order by sort_no;

-- name: portal_add :exec
insert into portal (id, portal_code, unit_id, way_code, account_flag, look_text, escalated_days, helpline_text, lang_code,
                    fields_text, verify_flag, sort_no, valid_from_day, valid_to_day)
values (:id, :portal_code, :unit_id, :way_code, :account_flag, :look_text, :escalated_days, :helpline_text, :lang_code,
        :fields_text, :verify_flag, :sort_no, :valid_from_day, :valid_to_day);

-- name: portal_outcome_add :exec
insert into portal_outcome (id, portal_id, outcome_code, sort_no) values (:id, :portal_id, :outcome_code, :sort_no);

-- name: portal_service_add :exec
insert into portal_service (service_code, portal_id, sort_no) values (:service_code, :portal_id, :sort_no);

-- name: portal_all :many
-- All that are in force, and what they hold of.
-- in on_day i64
-- scan: some twenty portals
select p.id, p.portal_code, p.unit_id, u.unit_code, p.way_code, p.account_flag, p.look_text, p.escalated_days, p.helpline_text,
       p.lang_code, p.fields_text, p.verify_flag, p.sort_no
from portal p join unit u on u.id = p.unit_id
where p.valid_from_day <= :on_day and p.valid_to_day > :on_day
order by p.portal_code;

-- name: portal_services_all :many
-- scan: some hundred services of portals
select portal_id, service_code, sort_no from portal_service order by portal_id, sort_no, service_code;

-- name: portal_put :exec
-- One that had ended stands again.
insert into portal (id, portal_code, unit_id, way_code, account_flag, look_text, escalated_days, helpline_text, lang_code,
                    fields_text, verify_flag, sort_no, valid_from_day, valid_to_day)
values (:id, :portal_code, :unit_id, :way_code, :account_flag, :look_text, :escalated_days, :helpline_text, :lang_code,
        :fields_text, :verify_flag, :sort_no, :valid_from_day, 99991231)
on conflict (portal_code) do update set unit_id = excluded.unit_id, way_code = excluded.way_code, account_flag = excluded.account_flag,
    look_text = excluded.look_text, escalated_days = excluded.escalated_days, helpline_text = excluded.helpline_text,
    lang_code = excluded.lang_code, fields_text = excluded.fields_text, verify_flag = excluded.verify_flag,
    sort_no = excluded.sort_no, valid_to_day = excluded.valid_to_day;

-- name: portal_until :exec
update portal set valid_to_day = :valid_to_day where id = :id;

-- name: portal_services_remove :exec
delete from portal_service where portal_id = :portal_id;

-- name: portal_outcomes_remove :exec
delete from portal_outcome where portal_id = :portal_id;

-- name: external_add :exec
insert into external_ref (home, kind_no, subject_id, id, ref_no, system_code, number_text, given_day, given_by_id,
                          account_code, code_taken_flag, named_flag, warm_flag, receiver_text, next_check_day)
values (:home, :kind_no, :subject_id, :id, :ref_no, :system_code, :number_text, :given_day, :given_by_id,
        :account_code, :code_taken_flag, :named_flag, :warm_flag, :receiver_text, :next_check_day);

-- name: external_list :many
-- Of one subject, in the order in which it was given away.
select id, ref_no, system_code, number_text, given_day, account_code, code_taken_flag, named_flag, warm_flag, receiver_text,
       next_check_day, looked_day, outcome_code, outcome_text, outcome_day
from external_ref where home = :home and kind_no = :kind_no and subject_id = :subject_id order by ref_no;

-- name: external_set_number :exec
update external_ref set number_text = :number_text
where home = :home and kind_no = :kind_no and subject_id = :subject_id and ref_no = :ref_no;

-- name: external_set_looked :exec
update external_ref set looked_day = :looked_day, next_check_day = :next_check_day
where home = :home and kind_no = :kind_no and subject_id = :subject_id and ref_no = :ref_no;

-- name: external_set_outcome :exec
update external_ref
set outcome_code = :outcome_code, outcome_text = :outcome_text, outcome_day = :outcome_day, looked_day = :outcome_day,
    next_check_day = null
where home = :home and kind_no = :kind_no and subject_id = :subject_id and ref_no = :ref_no;

-- name: external_out :many
-- What is out of matters that are still open, the next look first.
-- in tehsil_id i64
-- in after_day i64
-- in after_id i64
-- in also_id i64
-- col check_day i64
select c.ref_code, c.service_id, e.home, e.id, e.ref_no, e.system_code, e.number_text, e.given_day, e.looked_day,
       e.next_check_day as check_day
from external_ref e
join cases c on c.home = e.home and c.id = e.subject_id
join flow f on f.home = e.home and f.kind_no = e.kind_no and f.subject_id = e.subject_id and f.open_flag = 1
where e.home in (:homes*) and e.outcome_code is null and e.kind_no = 1
  and (:tehsil_id = 0 or c.tehsil_id = :tehsil_id)
  and (e.next_check_day > :after_day or (e.next_check_day = :after_day and e.id > :after_id))
  and not exists (select 1 from case_bar b where b.home = e.home and b.barred_id in (:barred_id, :also_id) and b.case_id = e.subject_id)
order by e.next_check_day, e.id
limit :limit;

-- name: staff_phone_of_case :many
-- Whether the number in the case is one of those who work here.
select b.account_id
from identity_index i
join account_blind b on b.index_kind_code = i.index_kind_code and b.blind_hash = i.blind_hash
where i.home = :home and i.case_id = :case_id and i.index_kind_code = 'phone'
limit 1;

-- name: phone_of_case :many
-- Whether a number is the one in the case.
select case_id from identity_index
where home = :home and index_kind_code = 'phone' and blind_hash = :blind_hash and case_id = :case_id;
