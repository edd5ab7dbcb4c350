-- Up Migration
create schema verification;
comment on schema verification is
  'What auditors asked to be verified, and what was found. The log and the tables that are read are compared with one another; nothing here is part of either.';

create table verification.run (
  id uuid primary key,
  number bigint generated always as identity unique,
  position bigint not null,
  asked_by jsonb not null,
  asked_at timestamptz(3) not null,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
  attempts integer not null default 0,
  progress jsonb,
  ended_at timestamptz(3),
  looked_at jsonb,
  difference_count bigint,
  failure text
);
comment on table verification.run is 'One row for each time that somebody asked.';
comment on column verification.run.number is 'In the order in which it was asked.';
comment on column verification.run.position is 'The log position up to which everything is compared.';
comment on column verification.run.attempts is 'How often it was begun: a process that ends in the middle leaves it to the next.';
comment on column verification.run.looked_at is 'How much was compared, once it is done.';
comment on column verification.run.failure is 'Why it could not be carried out.';

create table verification.difference (
  run uuid not null references verification.run on delete cascade,
  number integer not null,
  difference jsonb not null,
  primary key (run, number)
);
comment on table verification.difference is 'What a verification found, the first thousand.';

create table verification.seen (
  position bigint not null,
  stream text collate "C" not null,
  revision integer not null,
  id text collate "C" not null,
  type text collate "C" not null,
  command text collate "C",
  cause text collate "C"
);
comment on table verification.seen is 'The log as the verification at hand has read it, to be looked at as a whole. Empty between verifications.';
comment on column verification.seen.cause is 'What brought the event about, where that is not its own command.';

-- Down Migration
drop schema verification cascade;
