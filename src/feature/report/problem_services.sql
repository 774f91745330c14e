-- Problem services: what complaints are about, and what came of them. From summary rows, which are written with the fact.

-- name: report_problem_services :many
-- listing
-- fact permission figures.read
-- fact key service_code
-- fact column service_text text
-- fact column filed_n number sum
-- fact column open_n number sum
-- fact column solved_n number sum
-- fact column unconfirmed_n number sum
-- fact column handed_over_n number sum
-- fact column no_funds_n number sum
-- fact column unsolved_share percent unsolved_n filed_n
-- fact chart stacked open_n solved_n unconfirmed_n handed_over_n
-- fact link filed_n /cases?status=any&kind=complaint&service={service_code}&from={from_month}&to={to_month}
-- fact link open_n /cases?status=open&kind=complaint&service={service_code}&from={from_month}&to={to_month}
-- fact link solved_n /cases?status=solved&kind=complaint&service={service_code}&from={from_month}&to={to_month}
-- fact link unconfirmed_n /cases?status=closed_unconfirmed&kind=complaint&service={service_code}&from={from_month}&to={to_month}
-- fact link handed_over_n /cases?status=handed_over&kind=complaint&service={service_code}&from={from_month}&to={to_month}
-- fact link no_funds_n /cases?status=any&reason=no_funds&kind=complaint&service={service_code}&from={from_month}&to={to_month}
-- in from_month i64
-- in to_month i64
-- in case_kind_no i64
-- in case_solved_state i64
-- in case_closed_unconfirmed_state i64
-- in case_withdrawn_state i64
-- in case_rejected_state i64
-- in case_handed_over_state i64
-- in also_id i64
-- col service_code text
-- col service_text text
-- col filed_n i64
-- col open_n i64
-- col solved_n i64
-- col unconfirmed_n i64
-- col handed_over_n i64
-- col no_funds_n i64
-- col unsolved_n i64
-- scan: a job keeps tally_delta short
select s.service_code as service_code, coalesce(l.label_text, e.label_text, s.service_code) as service_text,
       cast(sum(t.cases_n) as bigint) as filed_n,
       cast(sum(case when t.flow_state in (:case_solved_state, :case_closed_unconfirmed_state, :case_withdrawn_state, :case_rejected_state,
                                           :case_handed_over_state) then 0 else t.cases_n end) as bigint) as open_n,
       cast(sum(case when t.flow_state = :case_solved_state then t.cases_n else 0 end) as bigint) as solved_n,
       cast(sum(case when t.flow_state = :case_closed_unconfirmed_state then t.cases_n else 0 end) as bigint) as unconfirmed_n,
       cast(sum(case when t.flow_state = :case_handed_over_state then t.cases_n else 0 end) as bigint) as handed_over_n,
       cast(sum(case when t.reason_code = 'no_funds' then t.cases_n else 0 end) as bigint) as no_funds_n,
       cast(sum(case when t.flow_state = :case_solved_state then 0 else t.cases_n end) as bigint) as unsolved_n
from (select service_id, flow_state, reason_code, cases_n from tally
      where home in (:homes*) and case_kind_code = 'complaint' and filed_month between :from_month and :to_month
      union all
      select service_id, flow_state, reason_code, cases_n from tally_delta
      where home in (:homes*) and case_kind_code = 'complaint' and filed_month between :from_month and :to_month and mark_code = ''
      union all
      select c.service_id, f.flow_state, f.reason_code, -1 as cases_n
      from case_bar b join cases c on c.home = b.home and c.id = b.case_id
           join flow f on f.home = c.home and f.kind_no = :case_kind_no and f.subject_id = c.id
      where b.home in (:homes*) and b.barred_id = :barred_id
        and c.case_kind_code = 'complaint' and c.filed_month between :from_month and :to_month
      union all
      select c.service_id, f.flow_state, f.reason_code, -1 as cases_n
      from case_bar b join cases c on c.home = b.home and c.id = b.case_id
           join flow f on f.home = c.home and f.kind_no = :case_kind_no and f.subject_id = c.id
      where b.home in (:homes*) and b.barred_id = :also_id
        and c.case_kind_code = 'complaint' and c.filed_month between :from_month and :to_month
        and not exists (select 1 from case_bar o where o.home = b.home and o.barred_id = :barred_id and o.case_id = b.case_id)) t
join service s on s.id = t.service_id
left join label l on l.label_kind_code = 'service' and l.id = s.id and l.lang_code = :lang_code
left join label e on e.label_kind_code = 'service' and e.id = s.id and e.lang_code = 'en'
group by s.id, s.service_code, l.label_text, e.label_text
having sum(t.cases_n) > 0
order by unsolved_n desc, s.service_code;
