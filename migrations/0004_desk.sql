-- Wishes by mail: pauses that each side begins and ends for itself, and the memory of whom to forget again. One text for
-- SQLite and PostgreSQL.

-- A pairing is paused while either side pauses. `due_at` is when the pause ends by itself; null until somebody ends it.
create table pause (
    pairing_id bigint not null references pairing (id),
    side       text   not null check (side in ('seeker', 'volunteer')),
    begun_at   bigint not null,
    due_at     bigint,
    primary key (pairing_id, side)
);
create index pause_due on pause (due_at) where due_at is not null;

-- Keyed digests of people who were erased: a backup that is put back is made to forget them again.
create table tombstone (
    digest  bytea  not null primary key,
    made_at bigint not null
);

-- What is about one person or one pairing can be found without looking at everything.
create index if not exists audit_subject on audit (subject_kind, subject_id);
create index if not exists item_pairing on item (pairing_id) where pairing_id is not null;
create index if not exists item_person on item (person_id) where person_id is not null;
