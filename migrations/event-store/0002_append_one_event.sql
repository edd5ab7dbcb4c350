-- Up Migration

-- Most appends are of one event, and spreading arrays costs it a tenth of the whole append. What it does is the same.
CREATE OR REPLACE FUNCTION event_store.append(
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

  IF cardinality(ids) = 1 THEN
    INSERT INTO event_store.events (position, stream, revision, id, type, data, metadata, recorded_at)
    VALUES (last_position + 1, append.stream, head + 1, ids[1], types[1], append.data::json, append.metadata::json, this_time);
  ELSE
    INSERT INTO event_store.events (position, stream, revision, id, type, data, metadata, recorded_at)
    SELECT last_position + e.n, append.stream, head + e.n, e.id, e.type, e.data::json, e.metadata::json, this_time
      FROM unnest(ids, types, string_to_array(append.data, E'\n'), string_to_array(append.metadata, E'\n'))
             WITH ORDINALITY AS e (id, type, data, metadata, n);
  END IF;

  PERFORM pg_notify('event_store', '');
END
$$;

-- Down Migration
-- Nothing: the function did the same before.
