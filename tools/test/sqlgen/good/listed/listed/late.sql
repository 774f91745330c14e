-- name: late_jobs :many
-- Jobs that are late, by office.
-- listing
-- fact title jobs.late
-- fact column late_n number
-- in before_ms i64
-- col late_n i64
select home, count(*) as late_n from job where home in (:homes*) and due_ms < :before_ms group by home;
