-- Up Migration
create schema commands;

create table commands.idempotency_keys (
  command_id uuid primary key,
  digest text not null,
  claimed_at timestamptz not null default now(),
  answer jsonb
);

comment on table commands.idempotency_keys is
  'Which command an idempotency key stands for. What the command recorded is in the log, under its command id.';
comment on column commands.idempotency_keys.digest is 'SHA-256 of the command, in hexadecimal.';
comment on column commands.idempotency_keys.answer is
  'The answer of a command that recorded nothing, which the log therefore cannot give again.';

-- Down Migration
drop schema commands cascade;
