-- A notice may stand in the thread of another one: the shift's, an alert's, an incident's. It names that one's key.
alter table glancy.notice add column under text;
