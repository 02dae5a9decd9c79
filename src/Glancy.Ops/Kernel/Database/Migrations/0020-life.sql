-- A database that is restored or made anew counts its runs from a lower number again, while the bastion and the product remember the ones before.
-- So the key of an effect names the life of the database that it was made in; a restored one takes a new life (docs/adr/0013).
create table glancy.life (
  id              text primary key check (id ~ '^[0-9a-f]{8}$'),
  seq             bigint generated always as identity,
  begun_at        timestamptz not null,
  how             text not null check (how in ('made', 'restored')),
  -- Anchors on the bastion that the chain did not have when this life began: seq:hash.
  beyond          text[] not null default '{}',
  acknowledged_by text,
  acknowledged_at timestamptz,
  reason          text
);
insert into glancy.life (id, begun_at, how) values (substr(md5(gen_random_uuid()::text), 1, 8), now(), 'made');
grant select, insert, update on glancy.life to glancy_bot;
