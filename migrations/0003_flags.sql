-- What the rules for danger saw, without a word of any letter, and how long a kept letter stays once its matter is
-- answered. One text for SQLite and PostgreSQL.

-- One row for each category seen in a letter; all of a letter's rows belong to its one item. `begins` and `ends` count
-- octets of the text that was looked at, which is not here.
create table flag (
    id         bigint not null primary key,
    item_id    bigint not null references item (id),
    letter_id  bigint not null,
    pairing_id bigint not null references pairing (id),
    side       text   not null check (side in ('seeker', 'volunteer')),
    category   text   not null,
    severity   text   not null check (severity in ('routine', 'today', 'now')),
    rule       text   not null,
    begins     bigint not null,
    ends       bigint not null,
    made_at    bigint not null
);
create index flag_item on flag (item_id);
create index flag_pairing on flag (pairing_id, made_at);

-- What a volunteer's last letter asked about, and how urgent a yes to it is: "yes" alone says nothing.
create table question (
    pairing_id bigint not null references pairing (id),
    category   text   not null,
    severity   text   not null check (severity in ('routine', 'today', 'now')),
    primary key (pairing_id, category)
);

-- Keyed digests of the sentences of a flagged letter, sixteen octets each, so that a quotation of it raises nothing
-- anew. They go with the answer to its item: the same words in a later letter are a new cry.
create table sentence (
    item_id    bigint not null primary key references item (id),
    pairing_id bigint not null references pairing (id),
    digests    bytea  not null
);
create index sentence_pairing on sentence (pairing_id);

-- Whether anything about danger is open between two people is asked for every letter of a volunteer's.
create index item_pairing on item (pairing_id, kind, state);

-- Days a flagged letter is kept after its item is answered: the programme's word on the day it was written.
alter table retained add column after_days bigint not null default 0;
