-- Run once by an administrator of each database server; passwords are set apart.
-- The bot's own database: the migrator owns everything, the runtime role gets what the migrations grant and nothing more.
create role glancy_migrator login;
create role glancy_bot login;
create database glancy owner glancy_migrator;
revoke all on database glancy from public;
grant connect on database glancy to glancy_bot;

-- The product's database: the bot reads, writes its release records and audit, and keeps its own keys. It deletes nothing.
create role glancy_ops login;
\connect product
create table if not exists glancy_effect_marker (key text primary key, run text not null, epoch bigint not null, applied_at timestamptz not null);
create table if not exists glancy_effect_fence (run text primary key, epoch bigint not null);
alter table audit_events add column if not exists event_key text unique;
grant usage on schema public to glancy_ops;
grant select on all tables in schema public to glancy_ops;
grant insert, update on release_batches, glancy_effect_marker, glancy_effect_fence to glancy_ops;
grant insert on audit_events to glancy_ops;
grant usage on all sequences in schema public to glancy_ops;
