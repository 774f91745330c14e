-- What a kit is made of, and what it becomes.

-- name: kit_units :many
-- The country and its provinces.
-- in most_no i64
-- in on_day i64
-- scan: some hundred units, once in a kit
select id, unit_code, level_no from unit
where level_no <= :most_no and valid_from_day <= :on_day and valid_to_day > :on_day
order by level_no, unit_code;

-- name: kit_labels :many
-- All names of one kind, in every language.
select id, lang_code, label_text, draft_flag from label where label_kind_code = :label_kind_code order by id, lang_code;

-- name: kit_label_put :exec
insert into label (label_kind_code, id, lang_code, label_text, draft_flag)
values (:label_kind_code, :id, :lang_code, :label_text, :draft_flag)
on conflict (label_kind_code, id, lang_code) do update set label_text = excluded.label_text, draft_flag = excluded.draft_flag;

-- name: kit_label_remove :exec
delete from label where label_kind_code = :label_kind_code and id = :id and lang_code = :lang_code;

-- name: kit_groups :many
-- scan: a dozen groups
select id, group_code, icon_code, sort_no from service_group order by group_code;

-- name: kit_group_put :exec
insert into service_group (id, group_code, icon_code, sort_no) values (:id, :group_code, :icon_code, :sort_no)
on conflict (group_code) do update set icon_code = excluded.icon_code, sort_no = excluded.sort_no;

-- name: kit_labels_remove :exec
-- All names of one thing.
delete from label where label_kind_code = :label_kind_code and id = :id;

-- name: kit_documents :many
-- scan: some dozen papers
select id, document_code from document order by document_code;

-- name: kit_document_add :exec
insert into document (id, document_code) values (:id, :document_code);

-- name: kit_services :many
-- in on_day i64
-- scan: under a hundred services
select s.id, s.service_code, g.group_code, s.municipal_flag, s.application_flag, s.sensitivity_code, s.body_kind_code, s.icon_code,
       s.sort_no, s.valid_from_day, s.valid_to_day
from service s join service_group g on g.id = s.group_id
where s.valid_from_day <= :on_day and s.valid_to_day > :on_day
order by s.service_code;

-- name: kit_service_papers :many
-- in on_day i64
-- scan: some hundred papers of services
select p.service_id, d.document_code, p.sort_no
from service_document p join document d on d.id = p.document_id
where p.valid_from_day <= :on_day and p.valid_to_day > :on_day
order by p.service_id, p.sort_no;

-- name: kit_service_put :exec
-- One that had ended stands again.
insert into service (id, service_code, group_id, municipal_flag, application_flag, sensitivity_code, body_kind_code, icon_code, sort_no,
                     valid_from_day, valid_to_day)
values (:id, :service_code, :group_id, :municipal_flag, :application_flag, :sensitivity_code, :body_kind_code, :icon_code, :sort_no,
        :valid_from_day, 99991231)
on conflict (service_code) do update set group_id = excluded.group_id, municipal_flag = excluded.municipal_flag,
    application_flag = excluded.application_flag, sensitivity_code = excluded.sensitivity_code,
    body_kind_code = excluded.body_kind_code, icon_code = excluded.icon_code, sort_no = excluded.sort_no,
    valid_to_day = excluded.valid_to_day;

-- name: kit_service_get :one
select id from service where service_code = :service_code;

-- name: kit_service_end :exec
update service set valid_to_day = :valid_to_day where id = :id;

-- name: kit_papers_end :exec
-- Those of a service that begin later or today are gone, those in force end.
-- in on_day i64
update service_document set valid_to_day = :on_day
where service_id = :service_id and valid_to_day > :on_day;

-- name: kit_paper_put :exec
insert into service_document (service_id, document_id, sort_no, valid_from_day, valid_to_day)
values (:service_id, :document_id, :sort_no, :valid_from_day, 99991231)
on conflict (service_id, document_id, valid_from_day) do update set sort_no = excluded.sort_no, valid_to_day = excluded.valid_to_day;

-- name: kit_terms :many
-- in on_day i64
-- scan: some hundred terms
select t.id, t.service_id, s.service_code, t.unit_id, u.unit_code, t.valid_from_day, t.limit_days, t.basis_text, t.verify_flag, t.helpline_text,
       t.fee_no
from service_term t join service s on s.id = t.service_id join unit u on u.id = t.unit_id
where t.valid_from_day <= :on_day and t.valid_to_day > :on_day and s.valid_to_day > :on_day
order by s.service_code, u.unit_code;

-- name: kit_term_next :one
-- When the next one begins that is already known; the open end when there is none.
-- col next_day i64
-- in on_day i64
select coalesce(min(valid_from_day), 99991231) as next_day from service_term
where service_id = :service_id and unit_id = :unit_id and valid_from_day > :on_day;

-- name: kit_term_add :exec
insert into service_term (id, service_id, unit_id, valid_from_day, valid_to_day, limit_days, basis_text, verify_flag, helpline_text, fee_no)
values (:id, :service_id, :unit_id, :valid_from_day, :valid_to_day, :limit_days, :basis_text, :verify_flag, :helpline_text, :fee_no);

-- name: kit_term_mend :exec
-- One that began today.
update service_term set limit_days = :limit_days, basis_text = :basis_text, verify_flag = :verify_flag, helpline_text = :helpline_text,
       fee_no = :fee_no
where id = :id;

-- name: kit_term_end :exec
update service_term set valid_to_day = :valid_to_day where id = :id;

-- name: kit_messages :many
-- scan: some hundred messages
select m.id, u.unit_code, m.unit_id, m.topic_code, m.author_text, m.channel_code, m.audience_code
from message m join unit u on u.id = m.unit_id
where m.form_code = 'text'
order by m.id;

-- name: kit_key_get :one
select key_text, pinned_ms from kit_key where key_text = :key_text;

-- name: kit_key_add :exec
insert into kit_key (key_text, pinned_ms, pinned_by_id) values (:key_text, :pinned_ms, :pinned_by_id)
on conflict (key_text) do nothing;

-- name: kit_top :one
-- col top_n i64
select coalesce(max(kit_no), 0) as top_n from kit;

-- name: kit_add :exec
insert into kit (kit_no, kit_hash, unit_code, key_text, kit_state_code, kit_text, made_by_id, made_ms)
values (:kit_no, :kit_hash, :unit_code, :key_text, :kit_state_code, :kit_text, :made_by_id, :made_ms);

-- name: kit_waiting :one
-- The same file, not decided yet.
select kit_no from kit where kit_hash = :kit_hash and kit_state_code = 'waiting';

-- name: kit_get :one
select kit_no, unit_code, key_text, kit_state_code, kit_text, from_day, made_ms, decided_ms from kit where kit_no = :kit_no;

-- name: kit_list :many
-- scan: a few kits a year
-- The newest first.
-- in limit i64
select kit_no, unit_code, key_text, kit_state_code, from_day, made_ms, decided_ms from kit order by kit_no desc limit :limit;

-- name: kit_decide :exec
update kit set kit_state_code = :kit_state_code, from_day = :from_day, decided_by_id = :decided_by_id, decided_ms = :decided_ms
where kit_no = :kit_no and kit_state_code = 'waiting';

-- name: kit_taken_all :many
-- scan: what was ever taken, some thousand
select kit_kind_code, item_code, local_id, content_text from kit_taken order by kit_kind_code, item_code;

-- name: kit_taken_put :exec
insert into kit_taken (kit_kind_code, item_code, local_id, content_text, kit_no, taken_ms)
values (:kit_kind_code, :item_code, :local_id, :content_text, :kit_no, :taken_ms)
on conflict (kit_kind_code, item_code) do update set local_id = excluded.local_id, content_text = excluded.content_text,
    kit_no = excluded.kit_no, taken_ms = excluded.taken_ms;

-- name: kit_taken_remove :exec
delete from kit_taken where kit_kind_code = :kit_kind_code and item_code = :item_code;

-- name: kit_last_day :one
-- From when the kits taken so far hold.
-- col last_day i64
-- scan: a few kits a year
select coalesce(max(from_day), 0) as last_day from kit where kit_state_code = 'taken';

-- name: kit_group_get :one
select id from service_group where group_code = :group_code;

-- name: kit_message_code :one
select message_code from message where id = :id;

-- name: kit_message_newest :one
-- The one that was added last: ids rise.
-- scan: some hundred messages
select id from message order by id desc limit 1;
