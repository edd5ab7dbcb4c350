-- Up Migration
CREATE SCHEMA IF NOT EXISTS event_store;

COMMENT ON SCHEMA event_store IS
  'The log: everything that was ever decided, in the order in which it was recorded. All that is read elsewhere is derived from it.';

CREATE TABLE event_store.events (
  position    bigint                 PRIMARY KEY,
  stream      text COLLATE "C"       NOT NULL,
  revision    integer                NOT NULL CHECK (revision >= 0),
  id          uuid                   NOT NULL,
  type        text COLLATE "C"       NOT NULL,
  data        json                   NOT NULL,
  metadata    json                   NOT NULL,
  recorded_at timestamptz(3)         NOT NULL,
  CONSTRAINT events_id_key UNIQUE (id),
  CONSTRAINT events_stream_revision_key UNIQUE (stream, revision)
);

COMMENT ON TABLE event_store.events IS
  'One row for each event. Rows are only ever added, through event_store.append; the database refuses to change or remove them.';
COMMENT ON COLUMN event_store.events.position IS
  'Place in the whole log: 1, 2, 3 … without gaps, in the order of commits.';
COMMENT ON COLUMN event_store.events.stream IS
  'The one thing that the event belongs to, for example a priority or a commitment.';
COMMENT ON COLUMN event_store.events.revision IS
  'Place in its stream: 0, 1, 2 … without gaps.';
COMMENT ON COLUMN event_store.events.id IS
  'Given by the writer. The same id again is the same event again, and is recorded once.';
COMMENT ON COLUMN event_store.events.type IS
  'What happened, for example CommitmentAgreed.';
COMMENT ON COLUMN event_store.events.data IS
  'What was decided, in the very text that was written.';
COMMENT ON COLUMN event_store.events.metadata IS
  'Who did it, when it happened (occurredOn), by which command (commandId), in the course of what (correlationId) and because of what (causationId).';
COMMENT ON COLUMN event_store.events.recorded_at IS
  'When the log took the event, to the millisecond. Never earlier than that of the event before it.';

CREATE FUNCTION event_store.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'events are never changed or removed: % is refused', TG_OP USING ERRCODE = 'restrict_violation';
END
$$;

COMMENT ON FUNCTION event_store.refuse_change IS
  'Refuses whatever would change or remove events, whoever asks.';

CREATE TRIGGER events_are_final BEFORE UPDATE OR DELETE OR TRUNCATE ON event_store.events
  FOR EACH STATEMENT EXECUTE FUNCTION event_store.refuse_change();
-- Also in a session that replays a replication stream, where ordinary triggers are silent.
ALTER TABLE event_store.events ENABLE ALWAYS TRIGGER events_are_final;

-- Expected, in both functions: a revision, or -1: no events, -2: some, -3: whatever there is. The clock is NULL for the server's.
-- They begin alike, and are two because one append by itself is the common case and the general form costs half as much again.

CREATE FUNCTION event_store.append(
  stream   text,
  expected bigint,
  ids      uuid[],
  types    text[],
  data     text,           -- one line for each event
  metadata text,           -- one line for each event
  clock    timestamptz,
  OUT head integer,        -- the last revision of the stream before the append, -1 for none
  OUT met  boolean,        -- whether the stream was as expected, and so the append is made
  OUT last_position bigint -- of the log before the append
) LANGUAGE plpgsql AS $$
DECLARE
  last_time timestamptz;
  this_time timestamptz;
BEGIN
  -- Held until the commit is seen by everybody: this makes the order of positions the order of commits.
  PERFORM pg_advisory_xact_lock('event_store.events'::regclass::oid::integer, 0);

  SELECT e.position, e.recorded_at INTO last_position, last_time
    FROM event_store.events e ORDER BY e.position DESC LIMIT 1;
  last_position := coalesce(last_position, 0);
  this_time := greatest(date_trunc('milliseconds', coalesce(clock, clock_timestamp())), last_time);

  SELECT e.revision INTO head
    FROM event_store.events e WHERE e.stream = append.stream ORDER BY e.revision DESC LIMIT 1;
  head := coalesce(head, -1);
  met := CASE expected WHEN -3 THEN true WHEN -2 THEN head >= 0 ELSE head = expected END;
  IF NOT met THEN RETURN; END IF;

  INSERT INTO event_store.events (position, stream, revision, id, type, data, metadata, recorded_at)
  SELECT last_position + e.n, append.stream, head + e.n, e.id, e.type, e.data::json, e.metadata::json, this_time
    FROM unnest(ids, types, string_to_array(append.data, E'\n'), string_to_array(append.metadata, E'\n'))
           WITH ORDINALITY AS e (id, type, data, metadata, n);

  PERFORM pg_notify('event_store', '');
END
$$;
COMMENT ON FUNCTION event_store.append IS
  'Adds events to a stream, all of them where it is as expected and otherwise none.';

CREATE FUNCTION event_store.append_group(
  streams  text[],         -- one for each append, each stream at most once
  expected bigint[],       -- one for each append
  append   integer[],      -- one for each event, in order: which append it belongs to, from 1 on
  step     integer[],      -- one for each event: its place in its append, from 1 on
  ids      uuid[],
  types    text[],
  data     text,           -- one line for each event
  metadata text,           -- one line for each event
  clock    timestamptz,
  OUT heads integer[],     -- one for each append: the last revision of its stream before it, -1 for none
  OUT met   boolean[],     -- one for each append: whether its stream was as expected, and so it is made
  OUT last_position bigint -- of the log before all of them
) LANGUAGE plpgsql AS $$
DECLARE
  last_time timestamptz;
  this_time timestamptz;
BEGIN
  PERFORM pg_advisory_xact_lock('event_store.events'::regclass::oid::integer, 0);

  SELECT e.position, e.recorded_at INTO last_position, last_time
    FROM event_store.events e ORDER BY e.position DESC LIMIT 1;
  last_position := coalesce(last_position, 0);
  this_time := greatest(date_trunc('milliseconds', coalesce(clock, clock_timestamp())), last_time);

  heads := ARRAY(
    SELECT coalesce(
             (SELECT e.revision FROM event_store.events e WHERE e.stream = a.stream ORDER BY e.revision DESC LIMIT 1),
             -1)
      FROM unnest(streams) AS a (stream));
  met := ARRAY(
    SELECT CASE a.expected WHEN -3 THEN true WHEN -2 THEN a.head >= 0 ELSE a.head = a.expected END
      FROM unnest(expected, heads) AS a (expected, head));

  INSERT INTO event_store.events (position, stream, revision, id, type, data, metadata, recorded_at)
  SELECT last_position + row_number() OVER (), streams[e.append], heads[e.append] + e.step,
         e.id, e.type, e.data::json, e.metadata::json, this_time
    FROM unnest(append, step, ids, types, string_to_array(data, E'\n'), string_to_array(metadata, E'\n'))
           AS e (append, step, id, type, data, metadata)
   WHERE met[e.append];

  PERFORM pg_notify('event_store', '');
END
$$;
COMMENT ON FUNCTION event_store.append_group IS
  'Appends to several streams in one commit, to each as event_store.append does.';

-- Down Migration
DO $$
BEGIN
  IF EXISTS (SELECT FROM event_store.events) THEN
    RAISE EXCEPTION 'the log has events: it is never taken down';
  END IF;
END
$$;
DROP FUNCTION event_store.append_group;
DROP FUNCTION event_store.append;
DROP TABLE event_store.events;
DROP FUNCTION event_store.refuse_change;
