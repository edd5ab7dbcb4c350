-- Up Migration
create schema read;
comment on schema read is 'What is read: temporal tables folded from the event log. Each can be rebuilt from it.';

-- One row per set of tables: those that are served, and those that a rebuild fills apart. Whoever writes the tables moves
-- the position in the same transaction, from the position that it believes in: two writers can never both succeed.
create table read.projection (
  id bigint generated always as identity primary key,
  name text not null,
  schema text not null,
  version integer not null,
  definition text not null,
  tables text[] not null,
  position bigint not null default 0,
  stall jsonb,
  unique (schema, name)
) with (fillfactor = 50);
comment on table read.projection is 'How far each projection has followed the log.';
comment on column read.projection.id is 'Another one whenever the tables are built anew.';
comment on column read.projection.schema is 'Where the tables are: read, or read_rebuild_<name> while a rebuild fills them.';
comment on column read.projection.definition is 'SHA-256 of the declaration by which the tables were built.';
comment on column read.projection.position is 'Every event up to here is in the tables, and none after it.';
comment on column read.projection.stall is 'The event that the projection could not take, and why.';

create table read.rebuild_request (
  name text primary key,
  requested_at timestamptz not null default now()
);
comment on table read.rebuild_request is 'Projections that are to be built anew, until they are. Whoever keeps the projection does it.';

-- Down Migration
drop schema read cascade;
