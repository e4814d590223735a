-- Contact time put right by the volunteer: the Sunday overview, what an answer is about, and a volunteer's own pace.

-- The entry a declared value is about; null when it is about a whole week.
alter table ledger_entry add column about bigint;

-- One overview for each volunteer and week with entries. `due_at` says when it is sent, null once it has been or when there
-- is nothing to tell; `lines` holds the entries its numbered lines begin with, eight octets each, in their order.
create table overview (
    week      bigint not null,
    person_id bigint not null references person (id),
    due_at    bigint,
    told_at   bigint,
    lines     bytea,
    primary key (week, person_id)
);
create index overview_due on overview (due_at) where due_at is not null;
create index overview_person on overview (person_id);

-- A letter that is put right twice counts once.
alter table correction add column letter_id bigint;
create unique index correction_letter on correction (letter_id);

-- A volunteer's own pace in per cent, null for everybody's; off by request.
alter table person add column factor bigint;
alter table person add column factor_off boolean not null default false;

-- From when on which pace was used: an estimate is compared as it would have been without one.
create table factor (
    person_id bigint not null references person (id),
    since     bigint not null,
    percent   bigint not null,
    primary key (person_id, since)
);
