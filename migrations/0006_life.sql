-- How long pairings last, and pauses that a clock has still to take off.

-- Until when the steps of a pairing's life have been taken.
alter table pairing add column life_at bigint;
-- What falls due is asked for by its kind.
create index timer_kind on timer (kind, due_at);
-- Open questions about one pairing are answered together.
create index if not exists item_pairing on item (pairing_id, kind);
-- Pairings that are under way are looked at once: whoever looks sets the time.
insert into timer (kind, subject, due_at)
    select 'life', id, changed_at from pairing where state in ('active', 'paused', 'closing');

-- A pause that is over, until the calendar has said what it means for the waiting.
alter table silence add column stood_from bigint;
alter table silence add column stood_until bigint;
