-- Up Migration
create schema access;

comment on schema access is
  'Who read what is not for everybody: the raw log, and reports that were not accepted. Apart from the log, of which it is no part.';

create table access.read (
  id bigint generated always as identity primary key,
  at timestamptz(3) not null,
  subject text collate "C" not null,
  role text collate "C" not null,
  state text collate "C",
  body text collate "C",
  door text collate "C" not null,
  asked jsonb not null,
  reports uuid[] not null,
  position bigint,
  trace_id text
);
comment on table access.read is 'One row for each reading, written before anything was handed out. Rows are only ever added.';
comment on column access.read.subject is 'Who, as their token named them, in which role, and for which state or body.';
comment on column access.read.door is 'What was used: GET /v1/events/{eventId}, mindet export.';
comment on column access.read.asked is 'With what it was asked: the parts of the address, the filter.';
comment on column access.read.reports is 'Which reports were seen that were not accepted, or no longer.';
comment on column access.read.position is 'The log position that the answer is of.';
comment on column access.read.trace_id is 'By which the logs of the service know the request.';

create index read_by_subject on access.read (subject, id);
create index read_by_time on access.read (at);

create function access.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'who read what is never changed or removed: % is refused', tg_op using errcode = 'restrict_violation';
end
$$;
create trigger reads_are_final before update or delete or truncate on access.read
  for each statement execute function access.refuse_change();
-- Also in a session that replays a replication stream, where ordinary triggers are silent.
alter table access.read enable always trigger reads_are_final;

-- Down Migration
do $$
begin
  if exists (select from access.read) then
    raise exception 'readings are recorded: they are never taken down';
  end if;
end
$$;
drop schema access cascade;
