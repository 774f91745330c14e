-- By-laws of councils.

-- name: bylaw_top :one
-- col bylaws_n i64
select count(*) as bylaws_n from bylaw where home = :home;

-- name: bylaw_add :exec
insert into bylaw (home, id, bylaw_code, unit_id, model_id, consulted_text, event_code, adopted_no_text, created_by_id, created_ms)
values (:home, :id, :bylaw_code, :unit_id, :model_id, '', '', '', :created_by_id, :created_ms);

-- name: bylaw_get :one
select b.home, b.id, b.bylaw_code, b.unit_id, b.model_id, b.consulted_day, b.consulted_text, b.event_code, b.adopted_day, b.adopted_no_text,
       b.seats_n, b.women_n, b.committee_n, b.committee_women_n
from bylaw b where b.bylaw_code = :bylaw_code;

-- name: bylaw_sealed :one
-- All that a seal goes over, beside the texts.
select bylaw_code, unit_id, model_id, consulted_day, consulted_text, event_code, adopted_day, adopted_no_text, seats_n, women_n,
       committee_n, committee_women_n
from bylaw where home = :home and id = :id;

-- name: bylaw_list :many
select b.home, b.id, b.bylaw_code, b.unit_id, b.consulted_day, b.adopted_day, b.adopted_no_text, b.seats_n, b.women_n, f.flow_state
from bylaw b join flow f on f.home = b.home and f.kind_no = :kind_no and f.subject_id = b.id
where b.home in (:homes*) order by b.home, b.bylaw_code limit :limit;

-- name: bylaw_consulted :exec
update bylaw set consulted_day = :consulted_day, consulted_text = :consulted_text, event_code = :event_code where home = :home and id = :id;

-- name: bylaw_adopted :exec
update bylaw set adopted_day = :adopted_day, adopted_no_text = :adopted_no_text, seats_n = :seats_n, women_n = :women_n,
       committee_n = :committee_n, committee_women_n = :committee_women_n
where home = :home and id = :id;

-- name: bylaw_version_add :exec
insert into bylaw_version (home, bylaw_id, lang_code, version_no, title_text, words_text, made_by_id, made_ms)
values (:home, :bylaw_id, :lang_code, :version_no, :title_text, :words_text, :made_by_id, :made_ms);

-- name: bylaw_texts :many
-- What it says now, in each language.
select v.lang_code, v.version_no, v.title_text, v.words_text from bylaw_version v
where v.home = :home and v.bylaw_id = :bylaw_id
  and v.version_no = (select max(x.version_no) from bylaw_version x where x.home = v.home and x.bylaw_id = v.bylaw_id and x.lang_code = v.lang_code)
order by v.lang_code;

-- name: bylaw_events :many
-- Of a district, the newest first.
-- in until_day i64
select event_code, event_day, title_text from event
where home = :home and event_day <= :until_day
order by event_day desc, id desc limit :limit;

-- name: bylaw_event :one
select id, home, event_day from event where event_code = :event_code;

-- name: bylaw_model_on :one
-- in on_day i64
select id from bylaw_model where model_code = :model_code and valid_from_day <= :on_day and valid_to_day > :on_day;

-- name: bylaw_model_get :one
select model_code, valid_from_day, basis_text from bylaw_model where id = :id;

-- name: bylaw_models :many
-- in on_day i64
-- scan: a dozen models
select m.id, m.model_code, m.unit_id, u.unit_code, m.basis_text, m.valid_from_day
from bylaw_model m join unit u on u.id = m.unit_id
where m.valid_from_day <= :on_day and m.valid_to_day > :on_day order by m.model_code;

-- name: bylaw_model_texts :many
select model_id, lang_code, title_text, words_text from bylaw_model_text where model_id = :model_id order by lang_code;

-- name: bylaw_model_from :one
-- One that began on a day, ended or not.
select id from bylaw_model where model_code = :model_code and valid_from_day = :valid_from_day;

-- name: bylaw_model_add :exec
insert into bylaw_model (id, model_code, unit_id, basis_text, valid_from_day, valid_to_day)
values (:id, :model_code, :unit_id, :basis_text, :valid_from_day, 99991231);

-- name: bylaw_model_mend :exec
update bylaw_model set unit_id = :unit_id, basis_text = :basis_text where id = :id;

-- name: bylaw_model_end :exec
update bylaw_model set valid_to_day = :valid_to_day where id = :id;

-- name: bylaw_model_text_put :exec
insert into bylaw_model_text (model_id, lang_code, title_text, words_text) values (:model_id, :lang_code, :title_text, :words_text)
on conflict (model_id, lang_code) do update set title_text = excluded.title_text, words_text = excluded.words_text;

-- name: bylaw_model_texts_remove :exec
delete from bylaw_model_text where model_id = :model_id;
