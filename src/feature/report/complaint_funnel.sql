-- What became of the complaints of each district: taken down, municipal, solved, passed on, waiting.

-- name: report_complaint_funnel :many
-- listing
-- fact permission figures.read
-- fact column district_text text
-- fact column filed_n number sum
-- fact column municipal_n number sum
-- fact column solved_n number sum
-- fact column unconfirmed_n number sum
-- fact column reported_n number sum
-- fact column handed_over_n number sum
-- fact column open_n number sum
-- fact column no_funds_n number sum
-- fact column solved_share percent solved_n filed_n
-- fact chart bars filed_n municipal_n solved_n unconfirmed_n
-- fact map filed_n unit_code
-- fact link filed_n /cases?status=any&kind=complaint&unit={unit_code}&from={from_month}&to={to_month}
-- fact link solved_n /cases?status=solved&kind=complaint&unit={unit_code}&from={from_month}&to={to_month}
-- fact link unconfirmed_n /cases?status=closed_unconfirmed&kind=complaint&unit={unit_code}&from={from_month}&to={to_month}
-- fact link reported_n /cases?status=any&mark=reported_by_programme&kind=complaint&unit={unit_code}&from={from_month}&to={to_month}
-- fact link handed_over_n /cases?status=handed_over&kind=complaint&unit={unit_code}&from={from_month}&to={to_month}
-- fact link open_n /cases?status=open&kind=complaint&unit={unit_code}&from={from_month}&to={to_month}
-- fact link no_funds_n /cases?status=any&reason=no_funds&kind=complaint&unit={unit_code}&from={from_month}&to={to_month}
-- in from_month i64
-- in to_month i64
-- in case_kind_no i64
-- in case_solved_state i64
-- in case_closed_unconfirmed_state i64
-- in case_withdrawn_state i64
-- in case_rejected_state i64
-- in case_handed_over_state i64
-- in reported_mark_n i64
-- in also_id i64
-- col unit_code text
-- col district_text text
-- col filed_n i64
-- col municipal_n i64
-- col solved_n i64
-- col unconfirmed_n i64
-- col reported_n i64
-- col handed_over_n i64
-- col open_n i64
-- col no_funds_n i64
-- scan: a job keeps tally_delta short
select u.unit_code as unit_code, coalesce(l.label_text, e.label_text, u.unit_code) as district_text,
       cast(sum(t.cases_n) as bigint) as filed_n,
       cast(sum(case when s.municipal_flag = 1 then t.cases_n else 0 end) as bigint) as municipal_n,
       cast(sum(case when t.flow_state = :case_solved_state then t.cases_n else 0 end) as bigint) as solved_n,
       cast(sum(case when t.flow_state = :case_closed_unconfirmed_state then t.cases_n else 0 end) as bigint) as unconfirmed_n,
       cast(sum(t.marked_n) as bigint) as reported_n,
       cast(sum(case when t.flow_state = :case_handed_over_state then t.cases_n else 0 end) as bigint) as handed_over_n,
       cast(sum(case when t.flow_state in (:case_solved_state, :case_closed_unconfirmed_state, :case_withdrawn_state, :case_rejected_state,
                                           :case_handed_over_state) then 0 else t.cases_n end) as bigint) as open_n,
       cast(sum(case when t.reason_code = 'no_funds' then t.cases_n else 0 end) as bigint) as no_funds_n
from (select home, service_id, flow_state, reason_code, cases_n, 0 as marked_n from tally
      where home in (:homes*) and case_kind_code = 'complaint' and filed_month between :from_month and :to_month
      union all
      select home, service_id, flow_state, reason_code, cases_n, 0 as marked_n from tally_delta
      where home in (:homes*) and case_kind_code = 'complaint' and filed_month between :from_month and :to_month and mark_code = ''
      union all
      select c.home, c.service_id, f.flow_state, f.reason_code, -1 as cases_n, 0 as marked_n
      from case_bar b join cases c on c.home = b.home and c.id = b.case_id
           join flow f on f.home = c.home and f.kind_no = :case_kind_no and f.subject_id = c.id
      where b.home in (:homes*) and b.barred_id = :barred_id
        and c.case_kind_code = 'complaint' and c.filed_month between :from_month and :to_month
      union all
      select c.home, c.service_id, f.flow_state, f.reason_code, -1 as cases_n, 0 as marked_n
      from case_bar b join cases c on c.home = b.home and c.id = b.case_id
           join flow f on f.home = c.home and f.kind_no = :case_kind_no and f.subject_id = c.id
      where b.home in (:homes*) and b.barred_id = :also_id
        and c.case_kind_code = 'complaint' and c.filed_month between :from_month and :to_month
        and not exists (select 1 from case_bar o where o.home = b.home and o.barred_id = :barred_id and o.case_id = b.case_id)
      union all
      select c.home, c.service_id, f.flow_state, f.reason_code, 0 as cases_n, 1 as marked_n
      from flow f join cases c on c.home = f.home and c.id = f.subject_id
      where f.home in (:homes*) and f.kind_no = :case_kind_no and f.flow_state = :case_closed_unconfirmed_state
        and (f.mark_no & :reported_mark_n) > 0 and c.case_kind_code = 'complaint' and c.filed_month between :from_month and :to_month
        and not exists (select 1 from case_bar o where o.home = f.home and o.barred_id in (:barred_id, :also_id) and o.case_id = f.subject_id)) t
join service s on s.id = t.service_id
join unit u on u.id = t.home
left join label l on l.label_kind_code = 'unit' and l.id = u.id and l.lang_code = :lang_code
left join label e on e.label_kind_code = 'unit' and e.id = u.id and e.lang_code = 'en'
group by u.id, u.unit_code, l.label_text, e.label_text
having sum(t.cases_n) > 0
order by u.unit_code;
