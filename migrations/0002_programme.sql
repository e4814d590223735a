-- The programme's rules: contact time as it is read and declared, silence, timers, items that go from contact to
-- contact, and letters kept for coordinators. One text for SQLite and PostgreSQL.

-- The ledger learns further kinds. SQLite cannot change a check, so the rows move into a new table.
create table ledger_line (
    id          bigint not null primary key,
    pairing_id  bigint not null references pairing (id),
    week        bigint not null,
    kind        text   not null check (kind in ('reserved', 'settled', 'released', 'unread', 'read', 'declared', 'adjusted',
        'chat', 'phone', 'meeting', 'supervision', 'training', 'report')),
    tenths      bigint not null,
    estimate    bigint,
    declared    bigint,
    letter_id   bigint,
    author_side text,
    made_at     bigint not null,
    made_by     text   not null,
    note        bytea
);
insert into ledger_line (id, pairing_id, week, kind, tenths, declared, letter_id, author_side, made_at, made_by, note)
    select id, pairing_id, week, kind, tenths, declared, letter_id, author_side, made_at, made_by, note from ledger_entry;
drop table ledger_entry;
alter table ledger_line rename to ledger_entry;
create index ledger_week on ledger_entry (pairing_id, week, tenths);
create index ledger_letter on ledger_entry (letter_id) where letter_id is not null;

-- Letters of seekers whose reading is not booked yet: when the volunteer answers, when it is declared, or at `due_at`.
create table unread (
    letter_id  bigint not null primary key,
    pairing_id bigint not null references pairing (id),
    tenths     bigint not null,
    due_at     bigint not null
);
create index unread_due on unread (due_at);
create index unread_pairing on unread (pairing_id);

-- What has been said or done once for a pairing and week (`near`, `full`), so that nobody is told twice.
create table mark (
    pairing_id bigint not null references pairing (id),
    week       bigint not null,
    name       text   not null,
    made_at    bigint not null,
    primary key (pairing_id, week, name)
);

-- Who waits for whom, and when the next step is due. `due_at` is null while the clock stands.
create table silence (
    pairing_id bigint not null primary key references pairing (id),
    waiting    text   not null check (waiting in ('volunteer', 'seeker')),
    since      bigint not null,
    steps      bigint not null,
    due_at     bigint
);
create index silence_due on silence (due_at) where due_at is not null;

-- What falls due by itself, once for each kind and subject. A node that takes one moves `due_at` on; whoever still
-- finds the row as it was does the work.
create table timer (
    kind    text   not null,
    subject bigint not null,
    due_at  bigint not null,
    primary key (kind, subject)
);
create index timer_due on timer (due_at);

-- A pairing's own weekly limit, and since when it is paused.
alter table pairing add column cap_tenths bigint;
alter table pairing add column paused_at bigint;

-- Why something was decided, sealed; for people who look at it later.
alter table audit add column note bytea;

-- Whom an item has reached, and when it goes on to the next contact.
alter table item add column person_id bigint;
alter table item add column programme text;
alter table item add column rung bigint not null default 0;
alter table item add column lapses_at bigint;
create index item_lapses on item (lapses_at) where lapses_at is not null;

create table item_event (
    id      bigint not null primary key,
    item_id bigint not null references item (id),
    at      bigint not null,
    what    text   not null,
    actor   text   not null,
    note    bytea
);
create index item_event_item on item_event (item_id, at);

-- Letters kept for coordinators. Sealed to their keys and the recovery key; the house has no key for them.
create table retained (
    letter_id  bigint not null primary key,
    pairing_id bigint not null references pairing (id),
    why        text   not null check (why in ('review', 'flagged')),
    author_side text  not null,
    kept_at    bigint not null,
    expires_at bigint,
    sealed     bytea  not null
);
create index retained_pairing on retained (pairing_id, kept_at);
create index retained_expires on retained (expires_at) where expires_at is not null;

-- A volunteer's own factor: how long letters took, against what was estimated.
create table correction (
    id        bigint not null primary key,
    person_id bigint not null references person (id),
    estimate  bigint not null,
    declared  bigint not null,
    made_at   bigint not null
);
create index correction_person on correction (person_id, made_at);
