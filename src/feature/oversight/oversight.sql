-- Figures over many cases, out of summary rows; what is due, out of the open cases' own index.

-- name: tally_women :one
-- How many of a district were brought by women, filed in a span of months. tehsil_id 0: all.
-- in from_month i64
-- in to_month i64
-- col cases_n i64
-- scan: a job keeps tally_delta short
select cast(coalesce(sum(t.cases_n), 0) as bigint) as cases_n
from (select cases_n from tally
      where home = :home and case_kind_code = :case_kind_code and filed_month between :from_month and :to_month
        and (:tehsil_id = 0 or tehsil_id = :tehsil_id) and sex_code = 'woman'
      union all
      select cases_n from tally_delta
      where home = :home and case_kind_code = :case_kind_code and filed_month between :from_month and :to_month
        and (:tehsil_id = 0 or tehsil_id = :tehsil_id) and sex_code = 'woman' and mark_code = '') t;

-- name: problem_barred :many
-- What is closed to one of two, one by one: so much less do their figures say. tehsil_id 0: all.
-- in from_month i64
-- in to_month i64
-- in also_id i64
select c.service_id, c.sex_code, f.flow_state, f.reason_code, f.mark_no, f.spent_days
from cases c
join flow f on f.home = c.home and f.kind_no = 1 and f.subject_id = c.id
where c.home = :home and c.case_kind_code = :case_kind_code and c.filed_month between :from_month and :to_month
  and c.id in (select b.case_id from case_bar b where b.home = :home and b.barred_id in (:barred_id, :also_id))
  and (:tehsil_id = 0 or c.tehsil_id = :tehsil_id)
order by c.id;

-- name: late_by_office :many
-- Open cases past their date, by who has them and kind.
-- in now_ms i64
-- in also_id i64
-- col cases_n i64
select f.office_id, c.case_kind_code, count(*) as cases_n
from flow f
join cases c on c.home = f.home and c.id = f.subject_id
where f.home = :home and f.kind_no = 1 and f.open_flag = 1 and f.due_ms < :now_ms
--? :tehsil_id and f.tehsil_id = :tehsil_id
  and not exists (select 1 from case_bar b where b.home = f.home and b.barred_id in (:barred_id, :also_id) and b.case_id = f.subject_id)
group by f.office_id, c.case_kind_code;

-- name: office_of_home :many
-- Who answers in a district.
-- in on_day i64
select id, body_code, body_kind_code, unit_id
from body
where home = :home and body_kind_code <> 'desk' and valid_from_day <= :on_day and valid_to_day > :on_day
order by body_code;

-- name: office_above :many
-- Departments that stand above the districts, at one of some units.
-- row: office_of_home
-- in on_day i64
select id, body_code, body_kind_code, unit_id
from body
where unit_id in (:ids*) and home is null and body_kind_code = 'department' and valid_from_day <= :on_day
  and valid_to_day > :on_day
order by body_code;

-- name: past_calls :many
-- Whom an office has to call about what goes past the desk, the longest due first.
-- in until_day i64
-- in past_id i64
-- in limit i64
-- col due_day i64
select c.ref_code, min(b.due_day) as due_day
from cases c
join call_back b on b.home = c.home and b.kind_no = 1 and b.subject_id = c.id
where c.home = :home and c.past_id = :past_id and b.done_ms is null and b.due_day <= :until_day
group by c.ref_code
order by min(b.due_day), c.ref_code
limit :limit;

-- name: digest_promised :many
-- What is not possible now and was to be looked at again by a day.
-- in until_day i64
-- in officer_id i64
-- in limit i64
-- in also_id i64
select f.subject_id, f.topic_id, f.unit_id, f.assignee_id, f.reason_code, f.next_day, c.ref_code
from flow f
join cases c on c.home = f.home and c.id = f.subject_id
where f.home = :home and f.kind_no = 1 and f.open_flag = 1 and f.next_day <= :until_day
  and (:officer_id = 0 or f.assignee_id = :officer_id or f.marked_id = :officer_id)
--? :office_id and f.office_id = :office_id
--? :tehsil_id and f.tehsil_id = :tehsil_id
  and not exists (select 1 from case_bar b where b.home = f.home and b.barred_id in (:barred_id, :also_id) and b.case_id = f.subject_id)
order by f.next_day, f.subject_id
limit :limit;

-- name: digest_calls :one
-- How many are to be called by today about what an office has.
-- in until_day i64
-- in also_id i64
-- in office_id i64
-- col calls_n i64
select count(*) as calls_n
from call_back k
join flow f on f.home = k.home and f.kind_no = k.kind_no and f.subject_id = k.subject_id
where k.home = :home and k.kind_no = 1 and k.done_ms is null and k.due_day <= :until_day and f.office_id = :office_id
  and not exists (select 1 from case_bar b where b.home = f.home and b.barred_id in (:barred_id, :also_id) and b.case_id = f.subject_id);
