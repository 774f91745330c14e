-- Figures on one page: what was frozen, and the running quarter out of summary rows.

-- name: dash_frozen :many
-- Approved sums of one indicator, by district and quarter.
select home, from_day, to_day, num_n, den_n from snapshot
where home in (:homes*) and indicator_code = :indicator_code and last_flag = 1 and from_day between :from_day and :to_day
order by home, from_day;

-- name: dash_sums :many
-- The same of all indicators, added up over districts, by quarter.
-- col num_n i64
-- col den_n i64
-- col found_n i64
select indicator_code, from_day, to_day, cast(sum(num_n) as bigint) as num_n, cast(sum(den_n) as bigint) as den_n, count(*) as found_n
from snapshot
where home in (:homes*) and last_flag = 1 and from_day between :from_day and :to_day
group by indicator_code, from_day, to_day
order by indicator_code, from_day;

-- name: dash_quarters :one
-- Quarters of districts of which anything is approved, be it one figure of the time before.
-- col quarters_n i64
select count(*) as quarters_n
from (select distinct home, from_day from snapshot
      where home in (:homes*) and last_flag = 1 and from_day >= :from_day and to_day <= :to_day) q;

-- name: dash_reported :many
-- What approved activity sheets say of indicators that nothing computes: by what, district and quarter.
-- col num_n i64
-- col den_n i64
select p.home as of_home_id, p.programme_id, p.plan_kind_code, p.fiscal_no, i.indicator_no, p.plan_code, i.title_text, i.measure_code,
       i.aggregate_code, s.home, s.from_day, cast(sum(v.num_n) as bigint) as num_n, cast(sum(v.den_n) as bigint) as den_n
from sheet_value v join sheet s on s.home = v.home and s.id = v.sheet_id
     join plan_indicator i on i.home = v.plan_home_id and i.id = v.indicator_id
     join plan p on p.home = i.home and p.id = i.plan_id
where v.home in (:homes*) and s.sheet_kind_code = 'activity' and s.approver_ms is not null
  and s.from_day >= :from_day and s.to_day <= :to_day
group by p.home, p.programme_id, p.plan_kind_code, p.fiscal_no, i.indicator_no, p.plan_code, i.title_text, i.measure_code, i.aggregate_code,
         s.home, s.from_day
order by p.home, p.programme_id, p.plan_kind_code, p.fiscal_no, i.indicator_no, s.home, s.from_day;

-- name: dash_cases :many
-- Complaints filed in a span of months, by district, state and sex; what is not folded yet included.
-- in from_month i64
-- in to_month i64
-- col home i64
-- col flow_state i64
-- col sex_code text
-- col cases_n i64
-- scan: a job keeps tally_delta short
select t.home as home, t.flow_state as flow_state, t.sex_code as sex_code, cast(sum(t.cases_n) as bigint) as cases_n
from (select home, flow_state, sex_code, cases_n from tally_coarse
      where home in (:homes*) and filed_month between :from_month and :to_month and case_kind_code = 'complaint'
      union all
      select home, flow_state, sex_code, cases_n from tally_delta
      where home in (:homes*) and filed_month between :from_month and :to_month and case_kind_code = 'complaint' and mark_code = '') t
group by t.home, t.flow_state, t.sex_code
order by t.home, t.flow_state, t.sex_code;

-- name: dash_marks :many
-- How many of them were asked, and how many answered.
-- in from_month i64
-- in to_month i64
-- col home i64
-- col mark_code text
-- col cases_n i64
-- scan: a job keeps tally_delta short
select t.home as home, t.mark_code as mark_code, cast(sum(t.cases_n) as bigint) as cases_n
from (select home, mark_code, cases_n from tally_mark
      where home in (:homes*) and filed_month between :from_month and :to_month and case_kind_code = 'complaint'
        and mark_code in ('asked', 'answered')
      union all
      select home, mark_code, cases_n from tally_delta
      where home in (:homes*) and filed_month between :from_month and :to_month and case_kind_code = 'complaint'
        and mark_code in ('asked', 'answered')) t
group by t.home, t.mark_code
order by t.home, t.mark_code;

-- name: dash_barred :many
-- What is closed to one of two, one by one: so much less do their figures say.
-- in from_month i64
-- in to_month i64
-- in also_id i64
select c.home, f.flow_state, c.sex_code, f.mark_no
from (select distinct home, case_id from case_bar where home in (:homes*) and barred_id in (:barred_id, :also_id)) b
join cases c on c.home = b.home and c.id = b.case_id
join flow f on f.home = c.home and f.kind_no = 1 and f.subject_id = c.id
where c.case_kind_code = 'complaint' and c.filed_month between :from_month and :to_month
order by c.home, c.id;

-- name: dash_late :one
-- Open cases of a district past their date, counted up to a limit.
-- in now_ms i64
-- in also_id i64
-- in limit i64
-- col cases_n i64
select count(*) as cases_n
from (select f.subject_id from flow f
      where f.home = :home and f.kind_no = 1 and f.open_flag = 1 and f.due_ms < :now_ms
        and not exists (select 1 from case_bar b where b.home = f.home and b.barred_id in (:barred_id, :also_id) and b.case_id = f.subject_id)
      limit :limit) t;
