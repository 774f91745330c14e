-- Quotes, stories and photos of people, and what they agreed to.

-- name: quote_top :one
-- How many there are of a district; none is ever deleted.
-- col quotes_n i64
select count(*) as quotes_n from quote where home = :home;

-- name: quote_add :exec
insert into quote (home, id, quote_code, quote_kind_code, about_code, section_code, role_code, sex_code, lang_code, said_day, key_no,
                   words_enc, photo_id, small_id, blobs_enc, created_by_id, created_ms)
values (:home, :id, :quote_code, :quote_kind_code, :about_code, :section_code, :role_code, :sex_code, :lang_code, :said_day, :key_no,
        :words_enc, :photo_id, :small_id, :blobs_enc, :created_by_id, :created_ms);

-- name: quote_get :one
select home, id, quote_code, quote_kind_code, about_code, section_code, role_code, sex_code, lang_code, said_day, key_no, words_enc,
       photo_id, small_id, blobs_enc, withdrawn_day, created_ms
from quote where quote_code = :quote_code;

-- name: quote_sealed :one
-- All that a seal goes over.
select q.quote_code, q.quote_kind_code, q.about_code, q.section_code, q.role_code, q.sex_code, q.lang_code, q.said_day, q.key_no,
       q.words_enc, q.photo_id, q.small_id, q.blobs_enc, q.withdrawn_day, k.consent_no, k.given_day, k.to_text, k.how_code,
       k.report_flag, k.poster_flag, k.name_flag, k.photo_flag
from quote q
join quote_consent k on k.home = q.home and k.quote_id = q.id
     and k.consent_no = (select max(x.consent_no) from quote_consent x where x.home = q.home and x.quote_id = q.id)
where q.home = :home and q.id = :id;

-- name: quote_list :many
select q.home, q.id, q.quote_code, q.quote_kind_code, q.about_code, q.role_code, q.sex_code, q.said_day, q.withdrawn_day,
       k.report_flag, k.poster_flag, k.name_flag, k.photo_flag
from quote q
join quote_consent k on k.home = q.home and k.quote_id = q.id
     and k.consent_no = (select max(x.consent_no) from quote_consent x where x.home = q.home and x.quote_id = q.id)
where q.home in (:homes*)
order by q.said_day desc, q.id desc
limit :limit;

-- name: quote_printable :many
-- What may be printed: consent in force for one of the purposes that are asked for.
-- in from_day i64
-- in to_day i64
-- in for_report_no i64
-- in for_poster_no i64
select q.home, q.id, q.quote_code, q.quote_kind_code, q.about_code, q.section_code, q.role_code, q.sex_code, q.lang_code, q.said_day,
       q.key_no, q.words_enc, q.photo_id, q.small_id, q.blobs_enc, k.name_flag, k.photo_flag, k.consent_no
from quote q
join quote_consent k on k.home = q.home and k.quote_id = q.id
     and k.consent_no = (select max(x.consent_no) from quote_consent x where x.home = q.home and x.quote_id = q.id)
where q.home in (:homes*) and q.said_day between :from_day and :to_day and q.withdrawn_day is null
      and (k.report_flag = 1 or :for_report_no = 0) and (k.poster_flag = 1 or :for_poster_no = 0)
order by q.said_day desc, q.id desc
limit :limit;

-- name: quote_withdraw :exec
update quote set words_enc = null, photo_id = null, small_id = null, blobs_enc = null, withdrawn_day = :withdrawn_day
where home = :home and id = :id;

-- name: quote_consent_add :exec
insert into quote_consent (home, quote_id, consent_no, given_day, to_text, how_code, report_flag, poster_flag, name_flag,
                           photo_flag, made_by_id, made_ms)
values (:home, :quote_id, :consent_no, :given_day, :to_text, :how_code, :report_flag, :poster_flag, :name_flag,
        :photo_flag, :made_by_id, :made_ms);

-- name: quote_consents :many
-- The newest first.
select k.consent_no, k.given_day, k.to_text, k.how_code, k.report_flag, k.poster_flag, k.name_flag, k.photo_flag,
       k.made_ms
from quote_consent k where k.home = :home and k.quote_id = :quote_id order by k.consent_no desc limit :limit;

-- name: quote_person_add :exec
insert into quote_person (home, quote_id, name_enc) values (:home, :quote_id, :name_enc);

-- name: quote_person :one
select name_enc from quote_person where home = :home and quote_id = :quote_id;

-- name: quote_person_remove :exec
delete from quote_person where home = :home and quote_id = :quote_id;

-- name: quote_still :one
-- Whether one may still be printed as it was read: not taken back, and under the same consent.
-- col still_n i64
select count(*) as still_n from quote q
where q.home = :home and q.id = :id and q.withdrawn_day is null
      and (select max(x.consent_no) from quote_consent x where x.home = q.home and x.quote_id = q.id) = :consent_no;

-- name: quote_used_add :exec
insert into quote_used (home, quote_id, document_code, used_ms) values (:home, :quote_id, :document_code, :used_ms)
on conflict (home, quote_id, document_code) do nothing;

-- name: quote_gone :one
-- What a document holds without consent by now: taken back, or since it was made no longer for reports, or no longer with the name or the picture.
-- col gone_n i64
select count(*) as gone_n from quote_used u join quote q on q.home = u.home and q.id = u.quote_id
where u.document_code = :document_code
  and (q.withdrawn_day is not null
       or exists (select 1 from quote_consent k where k.home = u.home and k.quote_id = u.quote_id and k.made_ms >= u.used_ms
                  and (k.report_flag = 0
                       or (k.name_flag = 0 and exists (select 1 from quote_consent o where o.home = k.home and o.quote_id = k.quote_id
                                                       and o.consent_no < k.consent_no and o.name_flag = 1))
                       or (k.photo_flag = 0 and exists (select 1 from quote_consent o where o.home = k.home and o.quote_id = k.quote_id
                                                        and o.consent_no < k.consent_no and o.photo_flag = 1)))));

-- name: quote_kept_files :many
-- The files of finished documents that hold one: their keys lie beside them, so they go with her words.
select f.home, f.blob_id from quote_used u join kept_document d on d.document_code = u.document_code
     join kept_file f on f.home = d.home and f.document_id = d.id
where u.home = :home and u.quote_id = :quote_id;

-- name: quote_file_blank :exec
-- Its key; that there was such a file, and its hash, stays.
update kept_file set file_secret = :file_secret
where home = :home and blob_id = :blob_id;

-- name: quote_documents :many
select u.document_code, u.used_ms from quote_used u where u.home = :home and u.quote_id = :quote_id
order by u.used_ms desc, u.document_code limit :limit;
