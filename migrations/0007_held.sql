-- Letters that wait for their week are found by their pairing every Monday, not looked for among all that wait.
create index spool_held on spool (pairing_id, week) where state = 'held' and reason = 'week_full';
