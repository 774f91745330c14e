-- Numbers, visits, the question at the door, materials, figures of a desk.

-- name: visit_desk_by_id :one
-- in on_day i64
-- in id i64
select id, home, body_code
from body
where id = :id and body_kind_code = 'desk' and home is not null and valid_from_day <= :on_day and valid_to_day > :on_day;

-- name: visit_desk_by_code :one
-- in on_day i64
-- col home i64
select id, home, body_code
from body
where body_code = :body_code and body_kind_code = 'desk' and home is not null and valid_from_day <= :on_day
  and valid_to_day > :on_day;

-- name: visit_desks :many
-- Those of a district.
-- in on_day i64
select id, home, body_code
from body
where home = :home and body_kind_code = 'desk' and valid_from_day <= :on_day and valid_to_day > :on_day
order by body_code;

-- name: desk_token_last :one
-- col last_n i64
select coalesce(max(token_no), 0) as last_n
from desk_token
where home = :home and desk_id = :desk_id and token_day = :token_day;

-- name: desk_token_by_record :one
select desk_id, turn_code, token_no from desk_token where home = :home and record_code = :record_code;

-- name: desk_token_add :exec
insert into desk_token (home, desk_id, token_day, token_no, turn_code, token_code, given_ms, called_ms, record_code)
values (:home, :desk_id, :token_day, :token_no, :turn_code, 'waiting', :given_ms, null, :record_code);

-- name: desk_token_get :one
select turn_code, token_code, given_ms, called_ms
from desk_token
where home = :home and desk_id = :desk_id and token_day = :token_day and token_no = :token_no;

-- name: desk_token_open :many
-- The called before the waiting; of the waiting those who are called first.
-- in limit i64
select token_no, turn_code, token_code, given_ms, called_ms
from desk_token
where home = :home and desk_id = :desk_id and token_day = :token_day and token_code in ('waiting', 'called')
order by token_code, turn_code, token_no
limit :limit;

-- name: desk_token_waiting :one
-- col waiting_n i64
select count(*) as waiting_n
from desk_token
where home = :home and desk_id = :desk_id and token_day = :token_day and token_code = 'waiting';

-- name: desk_token_set :exec
-- in called_ms i64?
update desk_token set token_code = :token_code, called_ms = coalesce(called_ms, :called_ms)
where home = :home and desk_id = :desk_id and token_day = :token_day and token_no = :token_no;

-- name: visit_last :one
-- col last_n i64
select coalesce(max(visit_no), 0) as last_n
from visit
where home = :home and desk_id = :desk_id and visit_day = :visit_day;

-- name: visit_by_record :one
select desk_id, visit_no, sex_code, outcome_code, online_code, self_flag, minutes_n
from visit
where home = :home and record_code = :record_code;

-- name: visit_put :exec
insert into visit (home, desk_id, visit_day, visit_no, sex_code, outcome_code, online_code, self_flag, minutes_n, undone_ms,
                   record_code, made_by_id, made_ms)
values (:home, :desk_id, :visit_day, :visit_no, :sex_code, :outcome_code, :online_code, :self_flag, :minutes_n, null,
        :record_code, :made_by_id, :made_ms);

-- name: visit_today :many
-- The latest first.
-- in limit i64
select visit_no, sex_code, outcome_code, online_code, self_flag, minutes_n, undone_ms, made_by_id
from visit
where home = :home and desk_id = :desk_id and visit_day = :visit_day
order by visit_no desc
limit :limit;

-- name: visit_get :one
-- row: visit_today
select visit_no, sex_code, outcome_code, online_code, self_flag, minutes_n, undone_ms, made_by_id
from visit
where home = :home and desk_id = :desk_id and visit_day = :visit_day and visit_no = :visit_no;

-- name: visit_take_back :exec
update visit set undone_ms = :undone_ms
where home = :home and desk_id = :desk_id and visit_day = :visit_day and visit_no = :visit_no and undone_ms is null;

-- name: figure_add :exec
insert into desk_figure (home, desk_id, figure_month, figure_code, figure_kind, sex_code, figure_n)
values (:home, :desk_id, :figure_month, :figure_code, :figure_kind, :sex_code, :figure_n)
on conflict (home, desk_id, figure_month, figure_code, figure_kind, sex_code)
do update set figure_n = desk_figure.figure_n + excluded.figure_n;

-- name: figure_all :many
select figure_code, figure_kind, sex_code, figure_n
from desk_figure
where home = :home and desk_id = :desk_id and figure_month = :figure_month
order by figure_code, figure_kind, sex_code;

-- name: figure_materials :many
-- What moved in a month, by material: the month's rows of each, which are few.
-- in from_day i64
-- in to_day i64
-- col received_n i64
-- col given_n i64
-- col lost_n i64
-- scan: the materials of one desk
select m.material_no, m.name_text, m.form_code, m.lang_code, m.stock_n,
       cast(coalesce(sum(case when v.move_code = 'received' then v.move_n else 0 end), 0) as bigint) as received_n,
       cast(coalesce(sum(case when v.move_code = 'given' then v.move_n else 0 end), 0) as bigint) as given_n,
       cast(coalesce(sum(case when v.move_code = 'lost' then v.move_n else 0 end), 0) as bigint) as lost_n
from material m
left join material_move v on v.home = m.home and v.desk_id = m.desk_id and v.material_no = m.material_no
  and v.move_day between :from_day and :to_day
where m.home = :home and m.desk_id = :desk_id
group by m.home, m.desk_id, m.material_no, m.name_text, m.form_code, m.lang_code, m.stock_n
order by m.material_no;

-- name: exit_count :one
-- col answers_n i64
select cast(coalesce(sum(answers_n), 0) as bigint) as answers_n
from exit_answer
where home = :home and desk_id = :desk_id and exit_day = :exit_day;

-- name: exit_add :exec
insert into exit_answer (home, desk_id, exit_day, face_code, answers_n)
values (:home, :desk_id, :exit_day, :face_code, 1)
on conflict (home, desk_id, exit_day, face_code) do update set answers_n = exit_answer.answers_n + 1;

-- name: exit_form_add :exec
insert into exit_form (home, desk_id, exit_day, form_code) values (:home, :desk_id, :exit_day, :form_code)
on conflict do nothing;

-- name: exit_form_drop :exec
-- Those of earlier days.
delete from exit_form where home = :home and desk_id = :desk_id and exit_day < :exit_day;

-- name: exit_days :many
-- in from_day i64
-- in to_day i64
select exit_day, face_code, answers_n
from exit_answer
where home = :home and desk_id = :desk_id and exit_day between :from_day and :to_day
order by exit_day, face_code;

-- name: material_all :many
select material_no, name_text, form_code, lang_code, stock_n
from material
where home = :home and desk_id = :desk_id
order by material_no;

-- name: material_get :one
-- row: material_all
select material_no, name_text, form_code, lang_code, stock_n
from material
where home = :home and desk_id = :desk_id and material_no = :material_no;

-- name: material_put :exec
insert into material (home, desk_id, material_no, name_text, form_code, lang_code, stock_n)
values (:home, :desk_id, :material_no, :name_text, :form_code, :lang_code, :stock_n);

-- name: material_stock :exec
update material set stock_n = :stock_n
where home = :home and desk_id = :desk_id and material_no = :material_no;

-- name: material_last_move :one
-- col last_n i64
select coalesce(max(move_no), 0) as last_n
from material_move
where home = :home and desk_id = :desk_id and material_no = :material_no;

-- name: material_move_by_record :one
select desk_id, material_no, move_code, move_n from material_move where home = :home and record_code = :record_code;

-- name: material_move_add :exec
insert into material_move (home, desk_id, material_no, move_no, move_code, move_n, stock_n, move_day, record_code, made_by_id,
                           made_ms)
values (:home, :desk_id, :material_no, :move_no, :move_code, :move_n, :stock_n, :move_day, :record_code, :made_by_id, :made_ms);
