-- Indicators over cases: by the month of filing, as the cases stand when it is counted. Suggestions are registered, and stand in no
-- other figure. A case whose sex was not stated is a cell of its own and stands in every sum.

-- name: cases_registered :many
-- All that was taken down.
-- listing
-- fact measure count
-- fact counts cases
-- fact split part sex
-- fact good none
-- in case_kind_no i64
-- in from_month i64
-- in to_month i64
-- col version_no i64
-- col fact_month i64
-- col role_code text
-- col sex_code text
-- col part_code text
-- col num_n i64
-- col den_n i64
select f.kind_no, c.home, c.id as subject_id, f.step_no as version_no, c.filed_month as fact_month,
       'citizen' as role_code, c.sex_code as sex_code, c.case_kind_code as part_code, 1 as num_n, 1 as den_n
from cases c join flow f on f.home = c.home and f.kind_no = :case_kind_no and f.subject_id = c.id
where c.home in (:homes*) and c.filed_month between :from_month and :to_month;

-- name: cases_women_share :many
-- Women's cases of all.
-- listing
-- fact measure ratio
-- fact counts cases
-- fact split none
-- fact good more
-- in case_kind_no i64
-- in from_month i64
-- in to_month i64
-- col version_no i64
-- col fact_month i64
-- col role_code text
-- col sex_code text
-- col part_code text
-- col num_n i64
-- col den_n i64
select f.kind_no, c.home, c.id as subject_id, f.step_no as version_no, c.filed_month as fact_month,
       'citizen' as role_code, c.sex_code as sex_code, '' as part_code, case when c.sex_code = 'woman' then 1 else 0 end as num_n, 1 as den_n
from cases c join flow f on f.home = c.home and f.kind_no = :case_kind_no and f.subject_id = c.id
where c.home in (:homes*) and c.filed_month between :from_month and :to_month and c.case_kind_code <> 'suggestion';

-- name: cases_by_service :many
-- listing
-- fact measure count
-- fact counts cases
-- fact split part sex
-- fact good none
-- in case_kind_no i64
-- in from_month i64
-- in to_month i64
-- col version_no i64
-- col fact_month i64
-- col role_code text
-- col sex_code text
-- col part_code text
-- col num_n i64
-- col den_n i64
select f.kind_no, c.home, c.id as subject_id, f.step_no as version_no, c.filed_month as fact_month,
       'citizen' as role_code, c.sex_code as sex_code, s.service_code as part_code, 1 as num_n, 1 as den_n
from cases c join flow f on f.home = c.home and f.kind_no = :case_kind_no and f.subject_id = c.id
     join service s on s.id = c.service_id
where c.home in (:homes*) and c.filed_month between :from_month and :to_month and c.case_kind_code <> 'suggestion';

-- name: cases_by_type :many
-- Municipal ones, and those that another institution answers.
-- listing
-- fact measure count
-- fact counts cases
-- fact split part sex
-- fact good none
-- in case_kind_no i64
-- in from_month i64
-- in to_month i64
-- col version_no i64
-- col fact_month i64
-- col role_code text
-- col sex_code text
-- col part_code text
-- col num_n i64
-- col den_n i64
select f.kind_no, c.home, c.id as subject_id, f.step_no as version_no, c.filed_month as fact_month,
       'citizen' as role_code, c.sex_code as sex_code, case when s.municipal_flag = 1 then 'municipal' else 'other' end as part_code, 1 as num_n, 1 as den_n
from cases c join flow f on f.home = c.home and f.kind_no = :case_kind_no and f.subject_id = c.id
     join service s on s.id = c.service_id
where c.home in (:homes*) and c.filed_month between :from_month and :to_month and c.case_kind_code <> 'suggestion';

-- name: cases_unsolved_by_service :many
-- Problem services: cases that their complainant has not called solved, of all.
-- listing
-- fact measure ratio
-- fact counts cases
-- fact split part
-- fact good less
-- in case_kind_no i64
-- in from_month i64
-- in to_month i64
-- col version_no i64
-- col fact_month i64
-- col role_code text
-- col sex_code text
-- col part_code text
-- col num_n i64
-- col den_n i64
select f.kind_no, c.home, c.id as subject_id, f.step_no as version_no, c.filed_month as fact_month,
       'citizen' as role_code, c.sex_code as sex_code, s.service_code as part_code, case when f.flow_state = :case_solved_state then 0 else 1 end as num_n, 1 as den_n
from cases c join flow f on f.home = c.home and f.kind_no = :case_kind_no and f.subject_id = c.id
     join service s on s.id = c.service_id
where c.home in (:homes*) and c.filed_month between :from_month and :to_month and c.case_kind_code <> 'suggestion';

-- name: cases_median_days :many
-- Days from filing until she called it solved.
-- listing
-- fact measure median
-- fact counts cases
-- fact split part
-- fact good less
-- in case_kind_no i64
-- in from_month i64
-- in to_month i64
-- col version_no i64
-- col fact_month i64
-- col role_code text
-- col sex_code text
-- col part_code text
-- col num_n i64
-- col den_n i64
select f.kind_no, c.home, c.id as subject_id, f.step_no as version_no, c.filed_month as fact_month,
       'citizen' as role_code, c.sex_code as sex_code, cast(f.spent_days as text) as part_code, 1 as num_n, 1 as den_n
from cases c join flow f on f.home = c.home and f.kind_no = :case_kind_no and f.subject_id = c.id
where c.home in (:homes*) and c.filed_month between :from_month and :to_month and c.case_kind_code <> 'suggestion' and f.flow_state = :case_solved_state and f.spent_days is not null;

-- name: cases_solved_confirmed :many
-- Called solved by herself, of those who answered.
-- listing
-- fact measure ratio
-- fact counts cases
-- fact split sex
-- fact good more
-- in case_kind_no i64
-- in from_month i64
-- in to_month i64
-- in answered_mark_n i64
-- col version_no i64
-- col fact_month i64
-- col role_code text
-- col sex_code text
-- col part_code text
-- col num_n i64
-- col den_n i64
select f.kind_no, c.home, c.id as subject_id, f.step_no as version_no, c.filed_month as fact_month,
       'citizen' as role_code, c.sex_code as sex_code, '' as part_code, case when f.flow_state = :case_solved_state then 1 else 0 end as num_n, 1 as den_n
from cases c join flow f on f.home = c.home and f.kind_no = :case_kind_no and f.subject_id = c.id
where c.home in (:homes*) and c.filed_month between :from_month and :to_month and c.case_kind_code <> 'suggestion' and (f.mark_no & :answered_mark_n) > 0;

-- name: cases_response_rate :many
-- How many of those who were asked gave an answer.
-- listing
-- fact measure ratio
-- fact counts cases
-- fact split sex
-- fact good more
-- in case_kind_no i64
-- in from_month i64
-- in to_month i64
-- in asked_mark_n i64
-- in answered_mark_n i64
-- col version_no i64
-- col fact_month i64
-- col role_code text
-- col sex_code text
-- col part_code text
-- col num_n i64
-- col den_n i64
select f.kind_no, c.home, c.id as subject_id, f.step_no as version_no, c.filed_month as fact_month,
       'citizen' as role_code, c.sex_code as sex_code, '' as part_code, case when (f.mark_no & :answered_mark_n) > 0 then 1 else 0 end as num_n, 1 as den_n
from cases c join flow f on f.home = c.home and f.kind_no = :case_kind_no and f.subject_id = c.id
where c.home in (:homes*) and c.filed_month between :from_month and :to_month and c.case_kind_code <> 'suggestion' and (f.mark_no & :asked_mark_n) > 0;

-- name: cases_resolved_reported :many
-- Resolved as an earlier programme reported, of the municipal ones: nobody asked her, so it is never "solved".
-- listing
-- fact measure ratio
-- fact counts cases
-- fact split sex
-- fact good none
-- in case_kind_no i64
-- in from_month i64
-- in to_month i64
-- in reported_mark_n i64
-- col version_no i64
-- col fact_month i64
-- col role_code text
-- col sex_code text
-- col part_code text
-- col num_n i64
-- col den_n i64
select f.kind_no, c.home, c.id as subject_id, f.step_no as version_no, c.filed_month as fact_month,
       'citizen' as role_code, c.sex_code as sex_code, '' as part_code, case when f.flow_state = :case_closed_unconfirmed_state and (f.mark_no & :reported_mark_n) > 0 then 1 else 0 end as num_n, 1 as den_n
from cases c join flow f on f.home = c.home and f.kind_no = :case_kind_no and f.subject_id = c.id
     join service s on s.id = c.service_id
where c.home in (:homes*) and c.filed_month between :from_month and :to_month and c.case_kind_code <> 'suggestion' and s.municipal_flag = 1;

-- name: cases_municipal :many
-- For the municipal offices to answer.
-- listing
-- fact measure count
-- fact counts cases
-- fact split sex
-- fact good none
-- in case_kind_no i64
-- in from_month i64
-- in to_month i64
-- col version_no i64
-- col fact_month i64
-- col role_code text
-- col sex_code text
-- col part_code text
-- col num_n i64
-- col den_n i64
select f.kind_no, c.home, c.id as subject_id, f.step_no as version_no, c.filed_month as fact_month,
       'citizen' as role_code, c.sex_code as sex_code, '' as part_code, 1 as num_n, 1 as den_n
from cases c join flow f on f.home = c.home and f.kind_no = :case_kind_no and f.subject_id = c.id
     join service s on s.id = c.service_id
where c.home in (:homes*) and c.filed_month between :from_month and :to_month and c.case_kind_code <> 'suggestion' and s.municipal_flag = 1 and f.flow_state <> :case_handed_over_state;

-- name: cases_handed_over :many
-- With another institution.
-- listing
-- fact measure count
-- fact counts cases
-- fact split sex
-- fact good none
-- in case_kind_no i64
-- in from_month i64
-- in to_month i64
-- col version_no i64
-- col fact_month i64
-- col role_code text
-- col sex_code text
-- col part_code text
-- col num_n i64
-- col den_n i64
select f.kind_no, c.home, c.id as subject_id, f.step_no as version_no, c.filed_month as fact_month,
       'citizen' as role_code, c.sex_code as sex_code, '' as part_code, 1 as num_n, 1 as den_n
from cases c join flow f on f.home = c.home and f.kind_no = :case_kind_no and f.subject_id = c.id
where c.home in (:homes*) and c.filed_month between :from_month and :to_month and c.case_kind_code <> 'suggestion' and f.flow_state = :case_handed_over_state;

-- name: cases_pending :many
-- Open, by age in days at the end of the period.
-- listing
-- fact measure count
-- fact counts cases
-- fact split part sex
-- fact good less
-- in case_kind_no i64
-- in from_month i64
-- in to_month i64
-- in until_ms i64
-- col version_no i64
-- col fact_month i64
-- col role_code text
-- col sex_code text
-- col part_code text
-- col num_n i64
-- col den_n i64
select f.kind_no, c.home, c.id as subject_id, f.step_no as version_no, c.filed_month as fact_month,
       'citizen' as role_code, c.sex_code as sex_code, case when :until_ms - c.filed_ms < 2678400000 then '0-30' when :until_ms - c.filed_ms < 7862400000 then '31-90'
            when :until_ms - c.filed_ms < 31622400000 then '91-365' else '366-' end as part_code, 1 as num_n, 1 as den_n
from cases c join flow f on f.home = c.home and f.kind_no = :case_kind_no and f.subject_id = c.id
where c.home in (:homes*) and c.filed_month between :from_month and :to_month and c.case_kind_code <> 'suggestion' and f.open_flag = 1 and f.flow_state <> :case_handed_over_state;

-- name: cases_no_funds :many
-- Open, and not possible now for want of funds.
-- listing
-- fact measure count
-- fact counts cases
-- fact split sex
-- fact good less
-- in case_kind_no i64
-- in from_month i64
-- in to_month i64
-- col version_no i64
-- col fact_month i64
-- col role_code text
-- col sex_code text
-- col part_code text
-- col num_n i64
-- col den_n i64
select f.kind_no, c.home, c.id as subject_id, f.step_no as version_no, c.filed_month as fact_month,
       'citizen' as role_code, c.sex_code as sex_code, '' as part_code, 1 as num_n, 1 as den_n
from cases c join flow f on f.home = c.home and f.kind_no = :case_kind_no and f.subject_id = c.id
where c.home in (:homes*) and c.filed_month between :from_month and :to_month and c.case_kind_code <> 'suggestion' and f.open_flag = 1 and f.reason_code = 'no_funds';

-- name: cases_reopened :many
-- Opened again after an answer, of all.
-- listing
-- fact measure ratio
-- fact counts cases
-- fact split sex
-- fact good less
-- in case_kind_no i64
-- in from_month i64
-- in to_month i64
-- in reopened_mark_n i64
-- col version_no i64
-- col fact_month i64
-- col role_code text
-- col sex_code text
-- col part_code text
-- col num_n i64
-- col den_n i64
select f.kind_no, c.home, c.id as subject_id, f.step_no as version_no, c.filed_month as fact_month,
       'citizen' as role_code, c.sex_code as sex_code, '' as part_code, case when (f.mark_no & :reopened_mark_n) > 0 then 1 else 0 end as num_n, 1 as den_n
from cases c join flow f on f.home = c.home and f.kind_no = :case_kind_no and f.subject_id = c.id
where c.home in (:homes*) and c.filed_month between :from_month and :to_month and c.case_kind_code <> 'suggestion';
