-- What lists show beside the cases themselves: who has them, and how many wait.

-- name: account_names :many
-- Functions of those who work here, also of those who do no more.
select id, login_code, name_text from account where id in (:ids*);

-- name: body_names :many
-- col name_text text
select b.id, b.body_code, b.body_kind_code, coalesce(l.label_text, f.label_text, e.label_text, b.body_code) as name_text
from body b
left join label l on l.label_kind_code = 'body' and l.id = b.id and l.lang_code = :lang_code
left join label f on f.label_kind_code = 'body' and f.id = b.id and f.lang_code = 'ur'
left join label e on e.label_kind_code = 'body' and e.id = b.id and e.lang_code = 'en'
where b.id in (:ids*);

-- name: officer_of_home :many
-- Those of a district to whom cases are given.
select a.id, a.login_code, a.name_text, a.office_id
from account a
where a.home = :home and a.role_no = :role_no and a.disabled_ms is null and a.office_id is not null
order by a.login_code;

-- name: list_due_some :one
-- Open cases of a district by date: past it, still due today, and within some days; each counted no further than the limit.
-- Those without a date are in none.
-- in now_ms i64
-- in today_ms i64
-- in until_ms i64
-- in limit i64
-- in also_id i64
-- col late_n i64
-- col today_n i64
-- col soon_n i64
select (select count(*) from (select f.due_ms from flow f
        where f.home = :home and f.kind_no = 1 and f.open_flag = 1 and f.due_ms < :now_ms
--? :office_id and f.office_id = :office_id
--? :tehsil_id and f.tehsil_id = :tehsil_id
          and (:barred_id = 0 or not exists (select 1 from case_bar b
                          where b.home = f.home and b.barred_id in (:barred_id, :also_id) and b.case_id = f.subject_id))
        limit :limit) late) as late_n,
       (select count(*) from (select f.due_ms from flow f
        where f.home = :home and f.kind_no = 1 and f.open_flag = 1 and f.due_ms >= :now_ms and f.due_ms < :today_ms
--? :office_id and f.office_id = :office_id
--? :tehsil_id and f.tehsil_id = :tehsil_id
          and (:barred_id = 0 or not exists (select 1 from case_bar b
                          where b.home = f.home and b.barred_id in (:barred_id, :also_id) and b.case_id = f.subject_id))
        limit :limit) today) as today_n,
       (select count(*) from (select f.due_ms from flow f
        where f.home = :home and f.kind_no = 1 and f.open_flag = 1 and f.due_ms >= :now_ms and f.due_ms < :until_ms
--? :office_id and f.office_id = :office_id
--? :tehsil_id and f.tehsil_id = :tehsil_id
          and (:barred_id = 0 or not exists (select 1 from case_bar b
                          where b.home = f.home and b.barred_id in (:barred_id, :also_id) and b.case_id = f.subject_id))
        limit :limit) soon) as soon_n;

-- name: list_due_count :one
-- The same, all of them: read in the index alone, unless asked of one officer.
-- in now_ms i64
-- in today_ms i64
-- in until_ms i64
-- in officer_id i64
-- in also_id i64
-- col late_n i64
-- col today_n i64
-- col soon_n i64
select coalesce(sum(case when f.due_ms < :now_ms then 1 else 0 end), 0) as late_n,
       coalesce(sum(case when f.due_ms >= :now_ms and f.due_ms < :today_ms then 1 else 0 end), 0) as today_n,
       coalesce(sum(case when f.due_ms >= :now_ms then 1 else 0 end), 0) as soon_n
from flow f
where f.home = :home and f.kind_no = 1 and f.open_flag = 1 and f.due_ms < :until_ms
--? :officer_id and (f.assignee_id = :officer_id or f.marked_id = :officer_id)
--? :office_id and f.office_id = :office_id
--? :tehsil_id and f.tehsil_id = :tehsil_id
  and (:barred_id = 0 or not exists (select 1 from case_bar b where b.home = f.home and b.barred_id in (:barred_id, :also_id) and b.case_id = f.subject_id));

-- name: list_unseen_count :one
-- Among the most urgent open cases those in which something happened since she looked.
-- in viewer_id i64
-- in limit i64
-- in also_id i64
-- col unseen_n i64
select count(*) as unseen_n
from (select f.home, f.kind_no, f.subject_id, f.step_no
      from flow f
      where f.home = :home and f.kind_no = 1 and f.open_flag = 1
--? :office_id and f.office_id = :office_id
--? :tehsil_id and f.tehsil_id = :tehsil_id
        and (:barred_id = 0 or not exists (select 1 from case_bar b
                        where b.home = f.home and b.barred_id in (:barred_id, :also_id) and b.case_id = f.subject_id))
      order by f.due_ms, f.subject_id
      limit :limit) t
left join seen n on n.home = t.home and n.kind_no = t.kind_no and n.subject_id = t.subject_id and n.account_id = :viewer_id
where coalesce(n.step_no, 0) < t.step_no;

-- name: list_mine_some :one
-- Open cases of an office that were given or marked to one person; each way counted no further than the limit.
-- in officer_id i64
-- in office_id i64
-- in limit i64
-- in also_id i64
-- col given_n i64
-- col marked_n i64
select (select count(*) from (select f.subject_id from flow f
        where f.home = :home and f.kind_no = 1 and f.open_flag = 1 and f.assignee_id = :officer_id
          and f.office_id = :office_id
          and (:barred_id = 0 or not exists (select 1 from case_bar b
                          where b.home = f.home and b.barred_id in (:barred_id, :also_id) and b.case_id = f.subject_id))
        order by f.due_ms, f.subject_id
        limit :limit) given) as given_n,
       (select count(*) from (select f.subject_id from flow f
        where f.home = :home and f.kind_no = 1 and f.open_flag = 1 and f.marked_id = :officer_id
          and f.office_id = :office_id and (f.assignee_id is null or f.assignee_id <> :officer_id)
          and (:barred_id = 0 or not exists (select 1 from case_bar b
                          where b.home = f.home and b.barred_id in (:barred_id, :also_id) and b.case_id = f.subject_id))
        order by f.due_ms, f.subject_id
        limit :limit) marked) as marked_n;
