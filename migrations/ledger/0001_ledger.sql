-- Up Migration
create schema ledger;

comment on schema ledger is
  'The Merkle tree over the log (RFC 9162), its signed checkpoints and their witnesses. docs/proof.md says how it is verified.';

create table ledger.tree (
  only_row boolean primary key default true check (only_row),
  log text collate "C",
  size bigint not null,
  position bigint not null
);
comment on column ledger.tree.log is 'Which log it is of; a ledger is never that of another.';
comment on table ledger.tree is 'How many events are in the tree, and the log position of the last of them.';
insert into ledger.tree (size, position) values (0, 0);

create table ledger.leaf (
  index bigint primary key,
  position bigint not null unique,
  hash bytea not null check (length(hash) = 32)
);
comment on table ledger.leaf is 'One row for each event, in log order: the hash of its canonical form.';
comment on column ledger.leaf.index is 'Place in the log: 0, 1, 2 … without gaps.';

create table ledger.tile (
  level smallint not null check (level > 0),
  index bigint not null,
  hashes bytea not null,
  primary key (level, index)
);
comment on table ledger.tile is
  'Up to 256 hashes side by side, each of a full subtree over 256^level leaves. Those of level 0 are the leaves themselves.';

create table ledger.key (
  key text collate "C" primary key,
  since timestamptz(3) not null
);
comment on table ledger.key is 'Every public key (name+id+base64) with which checkpoints were signed. The name is the log''s origin.';

create table ledger.checkpoint (
  size bigint primary key,
  position bigint not null,
  text text collate "C" not null,
  signatures text collate "C" not null,
  made_at timestamptz(3) not null
);
comment on table ledger.checkpoint is 'What the service has signed: the tree at a size. Note = text, an empty line, signatures.';
comment on column ledger.checkpoint.position is 'Log position of the last event that it covers.';

create table ledger.witness (
  name text collate "C" primary key,
  key text collate "C" not null,
  state text collate "C" not null,
  registered_by text not null,
  registered_at timestamptz(3) not null
);
comment on table ledger.witness is 'Whose cosignatures are taken: a public key (name+id+base64) of a member state.';

create table ledger.cosignature (
  size bigint not null references ledger.checkpoint,
  witness text collate "C" not null references ledger.witness,
  line text collate "C" not null,
  signed_at timestamptz not null,
  received_at timestamptz(3) not null,
  primary key (size, witness)
);
comment on table ledger.cosignature is 'A witness saw a checkpoint, and found it consistent with all before.';

create function ledger.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'what the ledger has recorded is never changed or removed: % is refused', tg_op using errcode = 'restrict_violation';
end
$$;
create trigger leaves_are_final before update or delete or truncate on ledger.leaf
  for each statement execute function ledger.refuse_change();
create trigger checkpoints_are_final before update or delete or truncate on ledger.checkpoint
  for each statement execute function ledger.refuse_change();
create trigger cosignatures_are_final before update or delete or truncate on ledger.cosignature
  for each statement execute function ledger.refuse_change();

-- Down Migration
drop schema ledger cascade;
