-- Where PostgreSQL does a thing another way.

-- name: case_search_add :exec
-- The GIN index stands on cases.search_text itself: there is nothing to do, and no row is looked at.
update cases set search_text = :search_text where false and id = :id;

-- name: case_search_drop :exec
update cases set search_text = search_text where false and home = :home and id = :id;

-- name: case_by_words :many
select f.subject_id, f.flow_state, f.due_ms, f.step_ms, f.action_no, f.office_id, f.assignee_id, f.marked_id, f.topic_id, f.unit_id,
       f.reason_code, f.next_day, f.mark_no, c.case_kind_code, c.ref_code, c.filed_ms, c.sex_code, c.reachable_flag,
       c.words_text, coalesce(n.step_no, 0) as seen_step_no, f.step_no
from cases c
join flow f on f.home = c.home and f.kind_no = 1 and f.subject_id = c.id
left join seen n on n.home = f.home and n.kind_no = 1 and n.subject_id = f.subject_id and n.account_id = :viewer_id
where c.home = :home and to_tsvector('simple', c.search_text) @@ to_tsquery('simple', :terms_text) and c.id < :before_id
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
order by c.id desc
limit :limit;

-- name: case_words_some :one
select count(*) as cases_n
from (select c.id from cases c where to_tsvector('simple', c.search_text) @@ to_tsquery('simple', :terms_text) limit :limit) t;

-- name: case_similar :many
-- It has statistics, and knows no way to name an index.
select c.id, c.ref_code, c.filed_ms, c.unit_id
from flow f
join cases c on c.home = f.home and c.id = f.subject_id
where f.home = :home and f.kind_no = 1 and f.topic_id = :topic_id and f.open_flag = 1 and f.unit_id = :unit_id
  and not exists (select 1 from case_bar b where b.home = c.home and b.case_id = c.id)
  and c.case_kind_code = 'complaint' and c.same_as_id is null and c.filed_ms > :since_ms
order by c.filed_ms desc, c.id desc
limit :limit;
