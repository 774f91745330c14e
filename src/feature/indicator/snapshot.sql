-- Approved figures: written once, read by period.

-- name: snapshot_tail :one
-- The end of a district's chain.
select snapshot_no, chain_hash from snapshot where home = :home order by snapshot_no desc limit 1;

-- name: snapshot_last :one
select id, version_no, content_hash, source_hash from snapshot
where home = :home and indicator_code = :indicator_code and from_day = :from_day and to_day = :to_day and last_flag = 1;

-- name: snapshot_old :exec
update snapshot set last_flag = 0 where home = :home and id = :id;

-- name: snapshot_put :exec
insert into snapshot (home, id, snapshot_no, indicator_code, from_day, to_day, version_no, last_flag, sheet_id, sheet_version_no,
                      num_n, den_n, rows_n, approver_id, made_ms, content_hash, chain_hash, source_hash)
values (:home, :id, :snapshot_no, :indicator_code, :from_day, :to_day, :version_no, 1, :sheet_id, :sheet_version_no,
        :num_n, :den_n, :rows_n, :approver_id, :made_ms, :content_hash, :chain_hash, :source_hash);

-- name: snapshot_cell_put :exec
insert into snapshot_cell (home, snapshot_id, fact_month, role_code, sex_code, part_code, num_n, den_n)
values (:home, :snapshot_id, :fact_month, :role_code, :sex_code, :part_code, :num_n, :den_n);

-- name: snapshot_rows_put :exec
insert into snapshot_rows (home, snapshot_id, part_no, rows_packed) values (:home, :snapshot_id, :part_no, :rows_packed);

-- name: snapshot_heads :many
-- What is in force of a period.
select home, id, from_day, to_day, made_ms, content_hash from snapshot
where home in (:homes*) and indicator_code = :indicator_code and last_flag = 1 and from_day between :from_day and :to_day
order by home, from_day;

-- name: snapshot_sums :many
-- Cells of the figures in force, by month, over districts.
-- in from_month i64
-- in to_month i64
-- col num_n i64
-- col den_n i64
select c.fact_month, c.role_code, c.sex_code, c.part_code, cast(sum(c.num_n) as bigint) as num_n, cast(sum(c.den_n) as bigint) as den_n
from snapshot s join snapshot_cell c on c.home = s.home and c.snapshot_id = s.id
where s.home in (:homes*) and s.indicator_code = :indicator_code and s.last_flag = 1 and s.from_day between :from_day and :to_day
  and c.fact_month between :from_month and :to_month
group by c.fact_month, c.role_code, c.sex_code, c.part_code
order by c.fact_month, c.role_code, c.sex_code, c.part_code;

-- name: snapshot_sums_by_home :many
-- The same, district by district.
-- col num_n i64
-- col den_n i64
select s.home, c.fact_month, c.role_code, c.sex_code, c.part_code, cast(sum(c.num_n) as bigint) as num_n,
       cast(sum(c.den_n) as bigint) as den_n
from snapshot s join snapshot_cell c on c.home = s.home and c.snapshot_id = s.id
where s.home in (:homes*) and s.indicator_code = :indicator_code and s.last_flag = 1 and s.from_day between :from_day and :to_day
group by s.home, c.fact_month, c.role_code, c.sex_code, c.part_code
order by s.home, c.fact_month, c.role_code, c.sex_code, c.part_code;

-- name: snapshot_versions :many
select id, snapshot_no, version_no, last_flag, sheet_id, sheet_version_no, num_n, den_n, rows_n, approver_id, made_ms, content_hash, source_hash
from snapshot where home = :home and indicator_code = :indicator_code and from_day = :from_day
order by version_no desc limit 100;

-- name: snapshot_row_parts :many
select part_no, rows_packed from snapshot_rows where home = :home and snapshot_id = :snapshot_id order by part_no;

-- name: snapshot_chain :many
-- A piece of a district's chain, in its order.
-- page snapshot_no
select id, snapshot_no, indicator_code, from_day, to_day, num_n, den_n, rows_n, content_hash, chain_hash, source_hash
from snapshot where home = :home /*after*/;

-- name: snapshot_forces :one
-- Figures of which not exactly the newest version is in force: last_flag stands in no hash.
-- col wrong_n i64
-- col first_no i64
select count(*) as wrong_n, coalesce(min(t.first_no), 0) as first_no
from (select min(s.snapshot_no) as first_no from snapshot s where s.home = :home
      group by s.indicator_code, s.from_day, s.to_day
      having sum(s.last_flag) <> 1 or max(s.version_no) <> max(case when s.last_flag = 1 then s.version_no else 0 end)) t;

-- name: snapshot_cells :many
select fact_month, role_code, sex_code, part_code, num_n, den_n from snapshot_cell
where home = :home and snapshot_id = :snapshot_id
order by fact_month, role_code, sex_code, part_code;

-- name: snapshot_unit :one
select unit_code from unit where id = :id;

-- name: snapshot_units :many
-- From when to when districts stood.
select id, valid_from_day, valid_to_day from unit where id in (:ids*);
