-- The library of messages: what they say, who approved them, whom they reached.

-- name: message_top :one
-- col top_n i64
-- scan: some hundred messages
select count(*) as top_n from message;

-- name: message_keepers :one
-- Accounts above the districts that work for a unit and look after messages.
-- in supervisor_no i64
-- in adc_no i64
-- col keepers_n i64
select count(*) as keepers_n from account
where unit_id = :unit_id and home = 0 and disabled_ms is null and role_no in (:supervisor_no, :adc_no);

-- name: message_add :exec
insert into message (id, message_code, unit_id, topic_code, form_code, author_text, channel_code, audience_code, created_by_id,
                     created_ms)
values (:id, :message_code, :unit_id, :topic_code, :form_code, :author_text, :channel_code, :audience_code, :created_by_id,
        :created_ms);

-- name: message_by_code :one
select id, message_code, unit_id, topic_code, form_code, author_text, channel_code, audience_code
from message
where message_code = :message_code;

-- name: message_all :many
-- Every version of each, the newest version of a language first.
-- in limit i64
-- scan: some hundred messages
select m.id, m.message_code, m.unit_id, m.topic_code, m.form_code, m.author_text, m.channel_code, m.audience_code,
       v.lang_code, v.version_no, v.title_text, v.words_text, v.approved_day, v.withdrawn_day, v.shown_id, v.small_id
from message m
join message_version v on v.message_id = m.id
order by m.id desc, v.lang_code, v.version_no desc
limit :limit;

-- name: version_all :many
-- Of one message.
select lang_code, version_no, title_text, words_text, basis_text, approved_text, approved_day, withdrawn_day, type_code, shown_id,
       shown_secret, small_id, small_secret, seconds_n, created_ms
from message_version
where message_id = :message_id
order by lang_code, version_no desc;

-- name: version_get :one
-- row: version_all
select lang_code, version_no, title_text, words_text, basis_text, approved_text, approved_day, withdrawn_day, type_code, shown_id,
       shown_secret, small_id, small_secret, seconds_n, created_ms
from message_version
where message_id = :message_id and lang_code = :lang_code and version_no = :version_no;

-- name: version_last :one
-- col last_n i64
select coalesce(max(version_no), 0) as last_n
from message_version
where message_id = :message_id and lang_code = :lang_code;

-- name: version_add :exec
insert into message_version (message_id, lang_code, version_no, title_text, words_text, basis_text, approved_text, approved_day,
                             withdrawn_day, type_code, shown_id, shown_secret, small_id, small_secret, seconds_n, created_by_id,
                             created_ms)
values (:message_id, :lang_code, :version_no, :title_text, :words_text, :basis_text, null, null, null, :type_code, :shown_id,
        :shown_secret, :small_id, :small_secret, :seconds_n, :created_by_id, :created_ms);

-- name: version_approve :exec
update message_version set approved_text = :approved_text, approved_day = :approved_day
where message_id = :message_id and lang_code = :lang_code and version_no = :version_no and approved_day is null
  and withdrawn_day is null;

-- name: version_withdraw :exec
update message_version set withdrawn_day = :withdrawn_day
where message_id = :message_id and lang_code = :lang_code and version_no = :version_no and withdrawn_day is null;

-- name: reach_last :one
-- col last_n i64
select coalesce(max(reach_no), 0) as last_n from message_reach where message_id = :message_id;

-- name: reach_by_record :one
select message_id, lang_code, version_no, unit_id, reach_day, channel_code, reached_n, women_n
from message_reach
where record_code = :record_code;

-- name: reach_add :exec
insert into message_reach (message_id, reach_no, lang_code, version_no, unit_id, reach_day, channel_code, reached_n, women_n,
                           record_code, made_by_id, made_ms)
values (:message_id, :reach_no, :lang_code, :version_no, :unit_id, :reach_day, :channel_code, :reached_n, :women_n, :record_code,
        :made_by_id, :made_ms);

-- name: reach_all :many
-- The latest first.
-- in limit i64
select reach_no, lang_code, version_no, unit_id, reach_day, channel_code, reached_n, women_n
from message_reach
where message_id = :message_id
order by reach_no desc
limit :limit;

-- name: reach_sum :one
-- col reached_n i64
-- col women_n i64
select cast(coalesce(sum(reached_n), 0) as bigint) as reached_n, cast(coalesce(sum(women_n), 0) as bigint) as women_n
from message_reach
where message_id = :message_id;

-- name: reach_sums :many
-- Of all versions.
-- col total_n i64
-- scan: what was reached by some hundred messages
select message_id, lang_code, version_no, cast(sum(reached_n) as bigint) as total_n
from message_reach
group by message_id, lang_code, version_no
order by message_id, lang_code, version_no;
