-- What is said about a programme where its figures go out to others, and figures that came in from elsewhere.

-- Who reports in IATI, under which identifier; a programme without a row reports as "unregistered".
create table exchange_reporter (
    programme_id     not null primary key,
    reporter_code    not null, -- the organisation's IATI identifier
    reporter_type_no not null, -- IATI OrganisationType: 10 government, 11 local government
    reporter_text    not null,
    sector_code      not null, -- OECD DAC five-digit purpose code
    foreign key (programme_id) references programme (id)
);
