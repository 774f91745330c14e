-- Where PostgreSQL does a thing another way.

-- name: case_search_add :exec
-- The GIN index stands on cases.search_text itself: there is nothing to do, and no row is looked at.
update cases set search_text = :search_text where false and id = :id;

-- name: case_search_set :exec
update cases set search_text = :search_text where false and id = :id;

-- name: case_by_words :many
select f.subject_id, f.flow_state, f.due_ms, f.office_id, f.topic_id, f.unit_id, c.ref_code, c.filed_ms, c.sex_code,
       c.words_text
from cases c
join flow f on f.home = c.home and f.kind_no = 1 and f.subject_id = c.id
where c.home = :home and to_tsvector('simple', c.search_text) @@ to_tsquery('simple', :terms_text) and c.id < :before_id
--? :flow_state and f.flow_state = :flow_state
--? :office_id and f.office_id = :office_id
--? :topic_id and f.topic_id = :topic_id
--? :tehsil_id and f.tehsil_id = :tehsil_id
order by c.id desc
limit :limit;
