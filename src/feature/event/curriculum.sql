-- What trainings teach: versions of curricula.

-- name: curriculum_of :many
-- Of one district.
select home, curriculum_no, curriculum_version_no, title_text, topics_text, valid_from_day, valid_to_day
from curriculum where home = :home order by curriculum_no, curriculum_version_no desc;

-- name: curriculum_get :one
-- row: curriculum_of
select home, curriculum_no, curriculum_version_no, title_text, topics_text, valid_from_day, valid_to_day
from curriculum
where home = :home and curriculum_no = :curriculum_no and curriculum_version_no = :curriculum_version_no;

-- name: curriculum_newest :one
-- row: curriculum_of
select home, curriculum_no, curriculum_version_no, title_text, topics_text, valid_from_day, valid_to_day
from curriculum where home = :home and curriculum_no = :curriculum_no
order by curriculum_version_no desc limit 1;

-- name: curriculum_count :one
-- col all_n i64
-- col last_no i64
select count(*) as all_n, coalesce(max(curriculum_no), 0) as last_no from curriculum where home = :home;

-- name: curriculum_add :exec
insert into curriculum (home, curriculum_no, curriculum_version_no, title_text, topics_text, valid_from_day,
                        valid_to_day, created_by_id, created_ms)
values (:home, :curriculum_no, :curriculum_version_no, :title_text, :topics_text, :valid_from_day, :valid_to_day,
        :created_by_id, :created_ms);

-- name: curriculum_until :exec
update curriculum set valid_to_day = :valid_to_day
where home = :home and curriculum_no = :curriculum_no and curriculum_version_no = :curriculum_version_no;
