-- Photos, voice and PDFs of a subject.

-- name: evidence_add :exec
insert into attachment (home, kind_no, subject_id, piece_no, step_no, media_code, from_code, keeper_id, pair_code, piece_code, type_code,
    kept_type_code, received_hash, key_no, secret_enc, shown_id, small_id, kept_id, bytes_n, wide_n, high_n, seconds_n, open_flag, typed_code,
    paper_code, seen_code, agreed_flag, change_no, by_id, created_ms)
values (:home, :kind_no, :subject_id, :piece_no, :step_no, :media_code, :from_code, :keeper_id, :pair_code, :piece_code, :type_code,
    :kept_type_code, :received_hash, :key_no, :secret_enc, :shown_id, :small_id, :kept_id, :bytes_n, :wide_n, :high_n, :seconds_n, :open_flag,
    :typed_code, :paper_code, :seen_code, :agreed_flag, :change_no, :by_id, :created_ms);

-- name: evidence_top :one
-- The last number that was given; no row: there is none yet.
select piece_no
from attachment
where home = :home and kind_no = :kind_no and subject_id = :subject_id
order by piece_no desc
limit 1;

-- name: evidence_list :many
-- What came with a step that was taken back did not come, here and below.
-- in undo_no i64
select a.piece_no, a.step_no, a.media_code, a.from_code, a.keeper_id, a.pair_code, a.piece_code, a.type_code, a.kept_type_code,
       a.received_hash, a.shown_id, a.small_id, a.kept_id, a.bytes_n, a.wide_n, a.high_n, a.seconds_n, a.open_flag, a.typed_code,
       a.paper_code, a.seen_code, a.agreed_flag, a.gone_text, a.by_id, a.created_ms
from attachment a
where a.home = :home and a.kind_no = :kind_no and a.subject_id = :subject_id
  and not exists (select 1 from flow_step u
                  where u.home = a.home and u.kind_no = a.kind_no and u.subject_id = a.subject_id
                    and u.step_no = a.step_no + 1 and u.action_no = :undo_no)
order by a.piece_no;

-- name: evidence_taken_back :one
-- The piece, when its step was taken back.
-- in undo_no i64
select a.piece_no
from attachment a
join flow_step u on u.home = a.home and u.kind_no = a.kind_no and u.subject_id = a.subject_id
                and u.step_no = a.step_no + 1 and u.action_no = :undo_no
where a.home = :home and a.kind_no = :kind_no and a.subject_id = :subject_id and a.piece_no = :piece_no;

-- name: evidence_get :one
select home, kind_no, subject_id, piece_no, step_no, media_code, from_code, keeper_id, pair_code, piece_code, type_code, kept_type_code,
       received_hash, key_no, secret_enc, shown_id, small_id, kept_id, bytes_n, wide_n, high_n, seconds_n, open_flag, typed_code,
       paper_code, seen_code, agreed_flag, gone_text, change_no, by_id, created_ms
from attachment
where home = :home and kind_no = :kind_no and subject_id = :subject_id and piece_no = :piece_no;

-- name: evidence_let_see :exec
update attachment
set open_flag = :open_flag, change_no = change_no + 1
where home = :home and kind_no = :kind_no and subject_id = :subject_id and piece_no = :piece_no;

-- name: evidence_show_to :exec
-- Who may open a file of an event from now on.
update attachment
set seen_code = :seen_code, agreed_flag = :agreed_flag, open_flag = :open_flag, change_no = change_no + 1
where home = :home and kind_no = :kind_no and subject_id = :subject_id and piece_no = :piece_no;

-- name: evidence_removed :exec
-- The row stays, with the reason; its bytes are gone.
update attachment
set piece_code = 'removed', gone_text = :gone_text, shown_id = null, small_id = null, kept_id = null, change_no = change_no + 1
where home = :home and kind_no = :kind_no and subject_id = :subject_id and piece_no = :piece_no;

-- name: evidence_made :exec
-- What waited has been made anew, or was refused.
update attachment
set piece_code = :piece_code, type_code = :type_code, kept_type_code = :kept_type_code, secret_enc = :secret_enc,
    shown_id = :shown_id, small_id = :small_id, kept_id = :kept_id, bytes_n = :bytes_n, wide_n = :wide_n, high_n = :high_n,
    seconds_n = :seconds_n, change_no = change_no + 1
where home = :home and kind_no = :kind_no and subject_id = :subject_id and piece_no = :piece_no
  and piece_code = 'waiting';

-- name: evidence_refused :exec
update attachment
set piece_code = 'refused', change_no = change_no + 1
where home = :home and kind_no = :kind_no and subject_id = :subject_id and piece_no = :piece_no
  and piece_code = 'waiting';

-- name: evidence_typed :exec
update attachment
set typed_code = 'typed', change_no = change_no + 1
where home = :home and kind_no = :kind_no and subject_id = :subject_id and step_no = :step_no and typed_code = 'to_type';

-- name: evidence_untyped :many
-- in kept_by_id i64
-- One row for each piece: the first of a step stands for it.
-- in undo_no i64
-- in limit i64
select a.kind_no, a.subject_id, a.step_no, a.piece_no, a.media_code, a.seconds_n, a.created_ms
from attachment a
where a.home = :home and a.kind_no = :kind_no and a.typed_code = 'to_type' and coalesce(a.keeper_id, 0) = :kept_by_id
  and not exists (select 1 from flow_step u
                  where u.home = a.home and u.kind_no = a.kind_no and u.subject_id = a.subject_id
                    and u.step_no = a.step_no + 1 and u.action_no = :undo_no)
order by a.created_ms, a.kind_no, a.subject_id, a.piece_no
limit :limit;

-- name: evidence_untyped_count :one
-- in kept_by_id i64
-- in undo_no i64
-- col untyped_n i64
select count(*) as untyped_n
from (select distinct a.subject_id, a.step_no from attachment a
      where a.home = :home and a.kind_no = :kind_no and a.typed_code = 'to_type' and coalesce(a.keeper_id, 0) = :kept_by_id
        and not exists (select 1 from flow_step u
                        where u.home = a.home and u.kind_no = a.kind_no and u.subject_id = a.subject_id
                          and u.step_no = a.step_no + 1 and u.action_no = :undo_no)) t;

-- name: evidence_waiting :many
-- What no worker has seen yet, the oldest first.
-- in limit i64
select home, kind_no, subject_id, piece_no, created_ms
from attachment
where piece_code = 'waiting' and created_ms > :created_ms
order by created_ms, home, kind_no, subject_id
limit :limit;

-- name: evidence_walk :many
-- Every piece there is, in stretches: whether they stand as the audit chain says.
-- in limit i64
select home, kind_no, subject_id, piece_no, step_no, media_code, from_code, keeper_id, pair_code, piece_code, type_code, kept_type_code,
       received_hash, key_no, secret_enc, shown_id, small_id, kept_id, bytes_n, wide_n, high_n, seconds_n, open_flag, typed_code,
       paper_code, seen_code, agreed_flag, gone_text, change_no, by_id, created_ms
from attachment
where home > :home or (home = :home and (kind_no > :kind_no or (kind_no = :kind_no and
      (subject_id > :subject_id or (subject_id = :subject_id and piece_no > :piece_no)))))
order by home, kind_no, subject_id, piece_no
limit :limit;

-- name: evidence_said :many
-- What the audit chains say of one subject's pieces, oldest first.
select audit_ms, event_name, detail_text, chain_no, seq_no
from audit
where home = :home and about_kind = :about_kind and about_id = :about_id and event_name like 'evidence.%'
order by audit_ms, chain_no, seq_no;

-- name: evidence_added :one
-- How many pieces a chain says were added, up to a row of it.
-- col added_n i64
-- in upto_no i64
select count(*) as added_n
from audit
where chain_no = :chain_no and seq_no <= :upto_no and event_name = 'evidence.added';
