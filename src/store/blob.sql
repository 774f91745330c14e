-- Bytes in parts; see blob.h.

-- name: blob_part_add :exec
insert into blob (home, blob_id, part_no, part_enc) values (:home, :blob_id, :part_no, :part_enc);

-- name: blob_parts :many
-- in part_after i64
-- in limit i64
select part_no, part_enc
from blob
where home = :home and blob_id = :blob_id and part_no > :part_after
order by part_no
limit :limit;

-- name: blob_remove :exec
delete from blob where home = :home and blob_id = :blob_id;
