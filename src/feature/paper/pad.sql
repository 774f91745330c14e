-- Pads of numbered forms.

-- name: pad_desk :one
-- in on_day i64
-- in id i64
-- col home i64
select id, home, body_code
from body
where id = :id and body_kind_code = 'desk' and home is not null and valid_from_day <= :on_day and valid_to_day > :on_day;

-- name: pad_last :one
-- col last_n i64
select coalesce(max(pad_no), 0) as last_n from pad where desk_id = :desk_id;

-- name: pad_blank :one
-- col blank_n i64
select cast(coalesce(sum(forms_n - used_n - spoilt_n - lost_n), 0) as bigint) as blank_n from pad where desk_id = :desk_id;

-- name: pad_add :exec
insert into pad (home, id, pad_code, pad_no, desk_id, lang_code, forms_n, used_n, spoilt_n, lost_n, lost_code, lost_ms,
                 made_by_id, made_ms)
values (:home, :id, :pad_code, :pad_no, :desk_id, :lang_code, :forms_n, 0, 0, 0, '', null, :made_by_id, :made_ms);

-- name: pad_by_code :one
select home, id, pad_code, pad_no, desk_id, lang_code, forms_n, used_n, spoilt_n, lost_n, lost_code, lost_ms, made_ms
from pad
where pad_code = :pad_code;

-- name: pad_list :many
-- The latest first.
-- row: pad_by_code
-- in limit i64
select home, id, pad_code, pad_no, desk_id, lang_code, forms_n, used_n, spoilt_n, lost_n, lost_code, lost_ms, made_ms
from pad
where desk_id = :desk_id
order by pad_no desc
limit :limit;

-- name: pad_form_add :exec
insert into pad_form (home, pad_id, form_no, ref_code, form_code, why_code, paper_day, taken_text, said_flag, made_by_id,
                      made_ms)
values (:home, :pad_id, :form_no, :ref_code, 'blank', '', null, '', 0, null, null);

-- name: pad_forms :many
select form_no, ref_code, form_code, why_code, paper_day, taken_text, said_flag, made_ms
from pad_form
where home = :home and pad_id = :pad_id
order by form_no;

-- name: pad_form_by_ref :one
select f.home, f.pad_id, f.form_no, f.form_code, p.desk_id, p.pad_code
from pad_form f
join pad p on p.home = f.home and p.id = f.pad_id
where f.ref_code = :ref_code;

-- name: pad_form_set :exec
update pad_form
set form_code = :form_code, why_code = :why_code, paper_day = :paper_day, taken_text = :taken_text, said_flag = :said_flag,
    made_by_id = :made_by_id, made_ms = :made_ms
where home = :home and pad_id = :pad_id and form_no = :form_no and form_code = 'blank';

-- name: pad_count :exec
update pad set used_n = used_n + :used_n, spoilt_n = spoilt_n + :spoilt_n where home = :home and id = :id;

-- name: pad_lose :exec
update pad
set lost_code = :lost_code, lost_ms = :lost_ms, lost_n = forms_n - used_n - spoilt_n
where home = :home and id = :id and lost_ms is null;

-- name: pad_by_id :one
-- row: pad_by_code
select home, id, pad_code, pad_no, desk_id, lang_code, forms_n, used_n, spoilt_n, lost_n, lost_code, lost_ms, made_ms
from pad
where home = :home and id = :id;

-- name: pad_all :one
-- col pads_n i64
-- scan: a few pads of each desk
select count(*) as pads_n from pad;
