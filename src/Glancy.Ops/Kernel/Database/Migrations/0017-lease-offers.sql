-- Since when it has been offered to take a lease back, because what the change was made for has recovered (rule 7); null while it is not.
alter table glancy.lease add column offered_at timestamptz;
