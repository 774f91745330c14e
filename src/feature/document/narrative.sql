-- Named sections of documents, in versions.

-- name: narrative_all :many
-- The sections of a document as they stand.
select n.id, n.section_code, n.version_no, v.words_text, v.role_no, v.made_ms
from narrative n join narrative_version v on v.narrative_id = n.id and v.version_no = n.version_no
where n.unit_code = :unit_code and n.document_kind_code = :document_kind_code and n.from_day = :from_day and n.to_day = :to_day
      and n.lang_code = :lang_code;

-- name: narrative_add :exec
insert into narrative (id, document_kind_code, unit_code, from_day, to_day, lang_code, section_code, version_no)
values (:id, :document_kind_code, :unit_code, :from_day, :to_day, :lang_code, :section_code, :version_no);

-- name: narrative_set :exec
update narrative set version_no = :version_no where id = :id;

-- name: narrative_version_add :exec
insert into narrative_version (narrative_id, version_no, words_text, role_no, made_by_id, made_ms)
values (:narrative_id, :version_no, :words_text, :role_no, :made_by_id, :made_ms);

-- name: narrative_versions :many
select v.version_no, v.role_no, v.made_ms
from narrative_version v where v.narrative_id = :narrative_id order by v.version_no desc limit :limit;

-- name: narrative_version :one
select v.version_no, v.words_text, v.role_no, v.made_ms
from narrative_version v where v.narrative_id = :narrative_id and v.version_no = :version_no;

-- name: narrative_lessons :many
-- Of one unit: what a section said of periods that were over before a day, the latest first.
-- in before_day i64
select n.document_kind_code, n.from_day, n.to_day, n.lang_code, n.version_no, v.words_text, v.made_ms
from narrative n join narrative_version v on v.narrative_id = n.id and v.version_no = n.version_no
where n.unit_code = :unit_code and n.section_code = :section_code and n.to_day < :before_day and v.words_text <> ''
order by n.to_day desc, n.id desc
limit :limit;

-- name: narrative_plan :one
select p.fiscal_no, p.from_day, u.unit_code from plan p join unit u on u.id = p.home where p.home = :home and p.id = :id;

-- ---- held against the audit chain ----

-- name: narrative_sealed :one
-- All that a version says; and which version its section stands at, beside the last one there is.
-- col newest_no i64
-- col last_no i64
select n.document_kind_code, n.unit_code, n.from_day, n.to_day, n.lang_code, n.section_code, n.version_no as newest_no,
       (select max(l.version_no) from narrative_version l where l.narrative_id = n.id) as last_no,
       v.narrative_id, v.version_no, v.words_text, v.role_no, v.made_by_id, v.made_ms
from narrative_version v join narrative n on n.id = v.narrative_id
where v.narrative_id = :narrative_id and v.version_no = :version_no;

-- name: narrative_count :one
-- col versions_n i64
-- scan: a few texts of each document
select count(*) as versions_n from narrative_version;
