-- Recorded questions.

-- name: prompt_standing :many
-- scan: a few dozen: one for each question and language
select prompt_key, lang_code, version_no, hash_code, type_code, bytes_n, seconds_n, machine_flag, speaker_text, made_ms
from prompt_sound
where ended_ms is null
order by prompt_key, lang_code;

-- name: prompt_by_hash :one
select home, sound_id, sound_secret, type_code from prompt_sound where hash_code = :hash_code and ended_ms is null;

-- name: prompt_last :one
-- col last_n i64
select coalesce(max(version_no), 0) as last_n from prompt_sound where prompt_key = :prompt_key and lang_code = :lang_code;

-- name: prompt_end :exec
update prompt_sound set ended_ms = :ended_ms
where prompt_key = :prompt_key and lang_code = :lang_code and ended_ms is null;

-- name: prompt_add :exec
insert into prompt_sound (prompt_key, lang_code, version_no, hash_code, home, sound_id, sound_secret, type_code, bytes_n,
                          seconds_n, machine_flag, speaker_text, made_by_id, made_ms, ended_ms)
values (:prompt_key, :lang_code, :version_no, :hash_code, :home, :sound_id, :sound_secret, :type_code, :bytes_n,
        :seconds_n, :machine_flag, :speaker_text, :made_by_id, :made_ms, null);
