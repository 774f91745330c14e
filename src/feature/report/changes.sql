-- Approved figures that were corrected: what was said before, what is said now, and why.

-- name: report_changes :many
-- listing
-- fact permission figures.read
-- fact standing approved
-- fact column district_text text
-- fact column from_day day
-- fact column indicator_code word indicator.
-- fact column version_no number
-- fact column was_n number
-- fact column was_of_n number
-- fact column is_n number
-- fact column is_of_n number
-- fact column why_text text
-- in from_day i64
-- in to_day i64
-- col district_text text
-- col was_n i64
-- col was_of_n i64
-- col is_n i64
-- col is_of_n i64
-- col why_text text
select coalesce(l.label_text, n.label_text, u.unit_code) as district_text, s.from_day, s.indicator_code, s.version_no,
       b.num_n as was_n, b.den_n as was_of_n, s.num_n as is_n, s.den_n as is_of_n,
       coalesce((select v.unlock_text from sheet_version v
                 where v.home = s.home and v.sheet_id = s.sheet_id and v.version_no = s.sheet_version_no - 1), '') as why_text
from snapshot s
     join snapshot b on b.home = s.home and b.indicator_code = s.indicator_code and b.from_day = s.from_day and b.to_day = s.to_day
                     and b.version_no = s.version_no - 1
     join unit u on u.id = s.home
     left join label l on l.label_kind_code = 'unit' and l.id = u.id and l.lang_code = :lang_code
     left join label n on n.label_kind_code = 'unit' and n.id = u.id and n.lang_code = 'en'
where s.home in (:homes*) and s.from_day between :from_day and :to_day and s.version_no > 1
order by s.made_ms desc, u.unit_code, s.snapshot_no desc
limit 2000;
