-- name: a :many
-- col id i64
with k as (select id from kind where label_text = :label_text) select id from k;
