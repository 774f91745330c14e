alter table owner add column boss_id;
alter table owner add rank_n not null default 0;
create unique index owner_by_name on owner (name_text);
create index job_waiting on job (due_ms, id) where closed_ms is null;
insert into kind (kind_code, id, label_text) values ('a', 1, 'It''s; one'), ('b', 2, null);

--sqlite
create virtual table job_words using fts5 (search_text);
create trigger job_kept before delete on job begin
    select raise(abort, 'kept');
end;
--end
--pg
alter table job add column search_text text;
create index job_words on job using gin (to_tsvector('simple', search_text));
--end
update kind set label_text = 'two' where kind_code = 'b';
