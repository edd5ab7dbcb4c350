-- Up Migration
CREATE TABLE event_store.log (id uuid NOT NULL DEFAULT gen_random_uuid());
CREATE UNIQUE INDEX log_is_one ON event_store.log ((true));
COMMENT ON TABLE event_store.log IS 'Names this log, once and for ever, so that nothing that was folded from another is taken for its own.';
INSERT INTO event_store.log DEFAULT VALUES;

-- Down Migration
DROP TABLE event_store.log;
