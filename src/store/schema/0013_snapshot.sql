-- Approved figures. For each indicator, district and quarter: the cells by month, role and sex, and the rows they were counted from, as they
-- were when somebody approved them. Never changed: a correction is the next version, and the older one stays readable.

create table snapshot (
    home           not null, -- the district
    id             not null,
    snapshot_no    not null, -- 1, 2, … of the district: the order of the chain
    indicator_code not null,
    from_day       not null,
    to_day         not null,
    version_no     not null,
    last_flag      not null check (last_flag in (0, 1)), -- 1: in force
    sheet_id,      -- the sheet whose approval froze it; null: brought in from the time before (source_hash)
    sheet_version_no not null,
    num_n          not null,
    den_n          not null,
    rows_n         not null, -- contributing records
    approver_id,
    made_ms        not null,
    content_hash   not null, -- SHA-256 over the canonical form (feature/indicator/snapshot.h)
    chain_hash     not null, -- SHA-256 over the chain_hash before it and this content_hash
    source_hash,   -- of what was brought in: SHA-256 of the rows it came from (exchange_import); null: counted from records
    primary key (home, id),
    foreign key (home, sheet_id) references sheet (home, id)
);
create unique index snapshot_by_no on snapshot (home, snapshot_no);
create unique index snapshot_by_version on snapshot (home, indicator_code, from_day, to_day, version_no);
create unique index snapshot_of_sheet on snapshot (home, sheet_id, snapshot_no);
create index snapshot_in_force on snapshot (home, indicator_code, from_day, to_day, num_n, den_n, last_flag) where last_flag = 1; -- covers dashboards

create table snapshot_cell (
    home        not null,
    snapshot_id not null,
    fact_month  not null,
    role_code   not null, -- '': does not apply
    sex_code    not null,
    part_code   not null, -- a service, a kind of event …; '': does not apply
    num_n       not null,
    den_n       not null,
    primary key (home, snapshot_id, fact_month, role_code, sex_code, part_code),
    foreign key (home, snapshot_id) references snapshot (home, id)
) without rowid;
-- The contributing records: kind of subject, its id and the version of it that was counted, packed (snapshot.c), in parts.
create table snapshot_rows (
    home        not null,
    snapshot_id not null,
    part_no     not null,
    rows_packed not null,
    primary key (home, snapshot_id, part_no),
    foreign key (home, snapshot_id) references snapshot (home, id)
) without rowid;
