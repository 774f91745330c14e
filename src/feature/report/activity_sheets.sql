-- Activity Monitoring Sheets that are expected: each line of a plan in force, by district and quarter of its dates, and how far its sheet
-- is; also those that nobody has begun. Plans are kind 4 (2: approved), their lines kind 5 (4: cancelled).

-- name: report_activity_sheets :many
-- listing
-- fact permission sheet.read
-- fact column line_text text
-- fact column plan_code text
-- fact column district_text text
-- fact column quarter_day day
-- fact column progress_code word activity.progress_
-- fact column sheet_code word sheet.state_
-- fact link line_text /plans/{plan_code}/activities/{action_no}
-- in from_day i64
-- in to_day i64
-- col line_text text
-- col district_text text
-- col quarter_day i64
-- col progress_code text
-- col sheet_code text
select distinct a.title_text as line_text, p.plan_code, a.action_no, coalesce(l.label_text, m.label_text, x.unit_code) as district_text,
       (p.fiscal_no + k.year_n) * 10000 + k.to_n as quarter_day,
       case when s.progress_code is null or s.progress_code = '' then 'none' else s.progress_code end as progress_code,
       case when s.id is null then 'none' when s.approver_id is not null then 'approved' when s.verifier_id is not null then 'verified'
            when s.content_hash is not null then 'submitted' else 'draft' end as sheet_code
from (select d.id as home, d.unit_code, u.id as unit_id
      from unit d join unit u on u.district_id = d.id
      where d.id in (:homes*)
      union
      select d.id as home, d.unit_code, u.id as unit_id
      from unit d join unit v on v.id = d.province_id join unit u on u.id in (d.parent_id, v.id, v.parent_id)
      where d.id in (:homes*) and exists (select 1 from body b where b.home = d.id and b.body_kind_code = 'desk' and b.valid_to_day = 99991231)) x
     join plan_action_unit n on n.unit_id = x.unit_id
     join plan_action a on a.home = n.home and a.id = n.action_id
     join plan p on p.home = a.home and p.id = a.plan_id
     join flow f on f.home = p.home and f.kind_no = 4 and f.subject_id = p.id
     join flow g on g.home = a.home and g.kind_no = 5 and g.subject_id = a.id
     join (select 0 as year_n, 701 as from_n, 930 as to_n union all select 0, 1001, 1231 union all select 1, 101, 331
           union all select 1, 401, 630) k on a.from_day <= (p.fiscal_no + k.year_n) * 10000 + k.to_n
                                           and a.to_day >= (p.fiscal_no + k.year_n) * 10000 + k.from_n
     left join sheet s on s.home = x.home and s.plan_home_id = a.home and s.from_day = (p.fiscal_no + k.year_n) * 10000 + k.from_n
               and s.action_id in (select o.id from plan q join plan_action o on o.home = q.home and o.plan_id = q.id
                                   where q.home = p.home and q.programme_id = p.programme_id and q.plan_kind_code = p.plan_kind_code
                                     and q.fiscal_no = p.fiscal_no and o.action_no = a.action_no)
     left join label l on l.label_kind_code = 'unit' and l.id = x.home and l.lang_code = :lang_code
     left join label m on m.label_kind_code = 'unit' and m.id = x.home and m.lang_code = 'en'
where f.flow_state = 2 and g.flow_state <> 4
  and (p.fiscal_no + k.year_n) * 10000 + k.to_n >= :from_day and (p.fiscal_no + k.year_n) * 10000 + k.from_n <= :to_day
order by quarter_day desc, district_text, p.plan_code, a.action_no
limit 2000;
