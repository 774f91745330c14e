-- Figures on one page: what was frozen, and the running quarter out of summary rows.

-- name: dash_frozen :many
-- Approved sums of one indicator, by district and quarter.
select home, from_day, to_day, num_n, den_n, made_ms from snapshot
where home in (:homes*) and indicator_code = :indicator_code and last_flag = 1 and from_day between :from_day and :to_day
order by home, from_day;

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
from cases c join flow f on f.home = c.home and f.kind_no = 1 and f.subject_id = c.id
where c.home in (:homes*) and c.case_kind_code = 'complaint' and c.filed_month between :from_month and :to_month
  and exists (select 1 from case_bar b where b.home = c.home and b.case_id = c.id and b.barred_id in (:barred_id, :also_id))
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

-- name: dash_events :many
-- Events that are over, since a day, and how many of these wait for their approved sheet.
-- in event_kind_no i64
-- in closed_state i64
-- in since_day i64
-- col held_n i64
-- col owed_n i64
select e.home, cast(sum(case when e.event_day >= :since_day then 1 else 0 end) as bigint) as held_n,
       cast(sum(case when exists (select 1 from sheet s join sheet_version v on v.home = s.home and v.sheet_id = s.id
                                  where s.home = e.home and s.event_id = e.id and v.unlock_text = '') then 0 else 1 end) as bigint) as owed_n
from event e join flow f on f.home = e.home and f.kind_no = :event_kind_no and f.subject_id = e.id
where e.home in (:homes*) and e.event_day between :from_day and :to_day and f.flow_state = :closed_state
group by e.home
order by e.home;
