import canonicalize from 'canonicalize';
import { cloudEvent } from '#event-store/cloud-event.js';
import type { RecordedEvent } from '#event-store/event-store.js';

/** The bytes that stand for an event in the ledger: its CloudEvent as canonical JSON (RFC 8785), in UTF-8, without a line break. */
export const canonicalEvent = (event: RecordedEvent): Buffer => Buffer.from(canonicalize(cloudEvent(event))!);
