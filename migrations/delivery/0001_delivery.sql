-- Up Migration

create schema delivery;
comment on schema delivery is
  'How the states are reached, and what is on its way to them. What became of sending an edition is in the log as well; nothing else here is part of it.';

create table delivery.channel (
  state text not null check (state ~ '^[A-Z]{2}$'),
  kind text not null check (kind in ('webhook', 'email')),
  url text,
  addresses text[],
  language text,
  secret bytea,
  previous_secret bytea,
  previous_until timestamptz,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (state, kind),
  check ((kind = 'webhook') = (url is not null and secret is not null)),
  check ((kind = 'email') = (addresses is not null and language is not null))
);
comment on table delivery.channel is 'By what a state receives. The secrets are encrypted under a key that is not in the database.';
comment on column delivery.channel.previous_secret is 'Signs as well until previous_until, so that the receiver can change over.';

create table delivery.channel_change (
  id bigint generated always as identity primary key,
  state text not null,
  kind text not null,
  change text not null check (change in ('set', 'secret-rotated', 'removed')),
  target text,
  at timestamptz not null,
  by text not null
);
comment on table delivery.channel_change is 'Who set which channel, when. Never a secret.';

create table delivery.followed (
  one boolean primary key default true check (one),
  log text not null,
  position text not null
);
comment on table delivery.followed is 'How far the log has been followed. What it says before that is on its way already, or is of no more concern.';

create table delivery.message (
  id uuid primary key,
  kind text not null check (kind in ('edition', 'reminder', 'returned', 'lapsed')),
  state text not null,
  channel text not null check (channel in ('webhook', 'email')),
  agenda text not null,
  payload jsonb not null,
  status text not null default 'waiting' check (status in ('waiting', 'sent', 'delivered', 'failed')),
  attempts integer not null default 0,
  tries integer not null default 0,
  round integer not null default 0,
  next_at timestamptz not null,
  made_at timestamptz not null,
  settled_at timestamptz,
  detail text,
  asked_by text
);
comment on table delivery.message is
  'What is sent to a state by one channel. The id is the receiver''s idempotency key: the same however often it is sent.';
comment on column delivery.message.status is
  'waiting for its next attempt; sent, and that not recorded in the log yet; delivered; failed: no longer tried.';
comment on column delivery.message.tries is 'The attempts of this round: after so many it is given up.';
comment on column delivery.message.round is 'How often it was asked to be sent again.';
create index message_due on delivery.message (next_at) where status in ('waiting', 'sent');
create index message_of_edition on delivery.message ((payload ->> 'edition'), state) where kind = 'edition';

create table delivery.attempt (
  message uuid not null references delivery.message (id),
  number integer not null,
  at timestamptz not null,
  outcome text not null check (outcome in ('delivered', 'retry', 'refused')),
  detail text not null,
  primary key (message, number)
);

create table delivery.silence_recorded (
  edition text primary key,
  at timestamptz not null
);
comment on table delivery.silence_recorded is 'Editions whose deadline has passed and been dealt with.';

create table delivery.quiet (
  agenda text not null,
  period text not null,
  occasion text not null,
  state text not null,
  at timestamptz not null,
  primary key (agenda, period, occasion, state)
);
comment on table delivery.quiet is 'States that were not reminded on an occasion, since they had reported all that they owed.';

-- Down Migration

drop schema delivery cascade;
