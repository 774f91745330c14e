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

-- name: curriculum_models :many
-- Those that come ready-made.
-- in on_day i64
-- scan: a dozen of them
select m.id, m.model_code, m.unit_id, u.unit_code, m.valid_from_day
from curriculum_model m join unit u on u.id = m.unit_id
where m.valid_from_day <= :on_day and m.valid_to_day > :on_day order by m.model_code;

-- name: curriculum_model_texts :many
select model_id, lang_code, title_text, topics_text from curriculum_model_text where model_id = :model_id order by lang_code;

-- name: curriculum_model_from :one
-- One that began on a day, ended or not.
select id from curriculum_model where model_code = :model_code and valid_from_day = :valid_from_day;

-- name: curriculum_model_add :exec
insert into curriculum_model (id, model_code, unit_id, valid_from_day, valid_to_day)
values (:id, :model_code, :unit_id, :valid_from_day, 99991231);

-- name: curriculum_model_mend :exec
update curriculum_model set unit_id = :unit_id where id = :id;

-- name: curriculum_model_end :exec
update curriculum_model set valid_to_day = :valid_to_day where id = :id;

-- name: curriculum_model_text_put :exec
insert into curriculum_model_text (model_id, lang_code, title_text, topics_text) values (:model_id, :lang_code, :title_text, :topics_text)
on conflict (model_id, lang_code) do update set title_text = excluded.title_text, topics_text = excluded.topics_text;

-- name: curriculum_model_texts_remove :exec
delete from curriculum_model_text where model_id = :model_id;
