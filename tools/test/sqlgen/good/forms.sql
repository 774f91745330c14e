-- name: job_list :many
-- Each optional line on its own; a switch whose value the SQL does not use.
-- in late_n i64
select id, due_ms, state_code from job
where home = :home
--? :state_code and state_code = :state_code
--? :owner_id and owner_id = :owner_id
  --? :late_n and due_ms < :due_ms
order by due_ms;

-- name: job_find :many
-- in ids i64
select id, due_ms from job where home = :home and id in (:ids*);

-- name: job_find_one :one
select id from job where home = :home and id in ( :ids* ) order by id;

-- name: kind_find :many
select kind_code from kind where kind_code in (:kind_codes*);

-- name: job_touch :exec
update job set due_ms = :due_ms where home = :home and id in (:ids*);

-- name: job_page :many
-- page j.due_ms, j.id
select j.due_ms, j.id from job j where j.home = :home /*after*/

-- name: job_page_back :many
-- page id desc
select id, note_text from job where home = :home
/*after*/
--? :note_text and note_text = :note_text
;

-- name: job_page_of :many
-- page due_ms, id
select due_ms, id from job where home = :home and id in (:ids*) /*after*/;

-- name: job_words :many
-- in words_text text
select s.id from job s where s.home = :home and s.id in (select rowid from job_words where job_words match :words_text)
limit :limit;
