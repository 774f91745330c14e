-- PostgreSQL searches in another way.
-- name: job_words :many
select s.id from job s
where to_tsvector('simple', s.search_text) @@ to_tsquery('simple', :words_text::text) and s.home = :home
limit :limit;
