-- Up Migration

create schema if not exists editions;

-- What was sent, byte by byte, under the digest that the log names.
create table editions.content (
  digest text primary key check (digest ~ '^[0-9a-f]{64}$'),
  bytes bytea not null,
  kept_at timestamptz not null default now(),
  check (digest = encode(sha256(bytes), 'hex'))
);

create function editions.refuse() returns trigger language plpgsql as $$
begin
  raise exception 'what was sent is never changed or removed';
end
$$;

create trigger content_is_kept before update or delete or truncate on editions.content
  for each statement execute function editions.refuse();

-- Down Migration

drop schema editions cascade;
