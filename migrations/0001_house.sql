-- The whole house in the portable subset: times are bigint milliseconds, keys are made by the application,
-- `bytea` holds octets only a key can open or a keyed digest. One text for SQLite and PostgreSQL.

-- Facts about this store itself, such as the fingerprint of the keys it was filled with.
create table setting (
    name  text not null primary key,
    value text not null
);

-- A seeker or a volunteer. `routing` is the sealed record of names, addresses and telephones; null once erased.
create table person (
    id         bigint not null primary key,
    side       text   not null check (side in ('seeker', 'volunteer')),
    state      text   not null check (state in ('active', 'paused', 'retired', 'erased')),
    language   text   not null,
    routing    bytea,
    version    bigint not null,
    created_at bigint not null,
    changed_at bigint not null
);
create index person_side on person (side, created_at);

-- Enrolled addresses, findable by keyed digest only. One address may be a seeker's and a volunteer's at once.
create table person_address (
    digest    bytea  not null,
    side      text   not null check (side in ('seeker', 'volunteer')),
    person_id bigint not null references person (id),
    position  bigint not null,
    primary key (digest, side)
);
create index person_address_person on person_address (person_id, position);

-- The address a party sees for the other. Retired rows keep their digest, so that no alias is ever given to
-- somebody else. A volunteer's alias is stable; a seeker's belongs to one pairing.
create table alias (
    id         bigint not null primary key,
    digest     bytea  not null unique,
    kind       text   not null check (kind in ('seeker', 'volunteer')),
    person_id  bigint not null references person (id),
    pairing_id bigint,
    sealed     bytea  not null,
    state      text   not null check (state in ('active', 'retired')),
    created_at bigint not null,
    check ((kind = 'seeker') = (pairing_id is not null))
);
create index alias_person on alias (person_id);
create unique index alias_stable on alias (person_id) where kind = 'volunteer' and state = 'active';

create table pairing (
    id                 bigint not null primary key,
    programme          text   not null,
    state              text   not null
        check (state in ('proposed', 'active', 'paused', 'closing', 'closed', 'erased', 'withdrawn')),
    volunteer_id       bigint not null references person (id),
    seeker_id          bigint not null references person (id),
    volunteer_alias_id bigint not null references alias (id),
    seeker_alias_id    bigint not null references alias (id),
    began_at           bigint,
    planned_end        bigint,
    hard_end           bigint,
    created_at         bigint not null,
    changed_at         bigint not null
);
create index pairing_parties on pairing (volunteer_id, seeker_id);
create index pairing_seeker on pairing (seeker_id);
create index pairing_created on pairing (created_at, id);
create unique index pairing_once on pairing (volunteer_id, seeker_id)
    where state in ('proposed', 'active', 'paused', 'closing');

-- Letters and notices on their way, and for a term the content-free rows of those that have gone.
-- `due_at` is when something must happen next: the next attempt (queued), the lease's end (claimed), the end of
-- the hold (held). `booked` says whether `tenths` of `week` stand in the ledger. `replay` is the keyed digest that
-- makes a second copy of the same letter a duplicate; it is dropped when the letter does not arrive.
create table spool (
    id             bigint  not null primary key,
    kind           text    not null check (kind in ('letter', 'notice')),
    state          text    not null check (state in
        ('queued', 'claimed', 'held', 'quarantined', 'delivered', 'failed', 'discarded', 'erased')),
    reason         text,
    due_at         bigint,
    created_at     bigint  not null,
    give_up_at     bigint  not null,
    settled_at     bigint,
    lease_node     bigint,
    attempts       bigint  not null,
    delay_told     boolean not null,
    size           bigint  not null,
    pairing_id     bigint  references pairing (id),
    author_side    text,
    author_id      bigint,
    recipient_id   bigint,
    address_digest bytea,
    notice_name    text,
    week           bigint,
    tenths         bigint,
    booked         boolean not null,
    replay         bytea   unique,
    check ((state = 'claimed') = (lease_node is not null)),
    check (state not in ('queued', 'claimed', 'held') or due_at is not null),
    check ((settled_at is not null) = (state in ('delivered', 'failed', 'discarded', 'erased'))),
    check (kind = 'notice' or (pairing_id is not null and author_id is not null and week is not null)),
    check (kind = 'letter' or notice_name is not null)
);
create index spool_due on spool (state, due_at, created_at);
create index spool_created on spool (created_at);
create index spool_settled on spool (settled_at) where settled_at is not null;

-- The sealed octets, in a row of their own: it goes the moment the letter is settled, and moving a letter from
-- state to state never rewrites them.
create table spool_body (
    spool_id bigint not null primary key references spool (id),
    sealed   bytea  not null
);

-- Contact time. Append-only: a value is changed by a later entry. `tenths` is a signed change in tenths of a minute.
create table ledger_entry (
    id          bigint not null primary key,
    pairing_id  bigint not null references pairing (id),
    week        bigint not null,
    kind        text   not null check (kind in ('reserved', 'settled', 'released', 'declared', 'adjusted')),
    tenths      bigint not null,
    declared    bigint,
    letter_id   bigint,
    author_side text,
    made_at     bigint not null,
    made_by     text   not null,
    note        bytea
);
create index ledger_week on ledger_entry (pairing_id, week, tenths);

-- Matters a human must answer.
create table item (
    id          bigint not null primary key,
    kind        text   not null,
    severity    text   not null,
    state       text   not null check (state in ('raised', 'seen', 'resolved')),
    pairing_id  bigint,
    letter_id   bigint,
    raised_at   bigint not null,
    due_at      bigint not null,
    resolved_at bigint
);
create index item_due on item (state, due_at);
create index item_letter on item (letter_id);

-- Who did what to which row, without content and without names.
create table audit (
    id           bigint not null primary key,
    at           bigint not null,
    act          text   not null,
    subject_kind text   not null,
    subject_id   bigint not null,
    actor        text   not null
);
create index audit_at on audit (at);
