-- name: a :many
-- col search_text text
select search_text from job_words;
