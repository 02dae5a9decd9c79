-- Until when a rollback can be carried out: the old version is kept as long (§2.2). Null where that has no end.
alter table glancy.run add column old_kept_until timestamptz;
