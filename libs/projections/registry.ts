import type { EventStore } from '#event-store/event-store.js';
import { agendas } from './agendas.js';
import { bodies } from './bodies.js';
import { editions } from './editions.js';
import { moments } from './moments.js';
import type { Projection } from './projection.js';
import { recordedEvents } from './recorded-events.js';
import { reports } from './reports.js';
import { work } from './work.js';

/** The projections that the service keeps on every log. */
export const registry: readonly Projection[] = [agendas, bodies, work, reports, editions, moments];

/** Every projection that the service keeps on this log. An index of event ids costs as much as half of the others together. */
export const projectionsOn = (store: EventStore): readonly Projection[] => (store.readEvent ? registry : [...registry, recordedEvents]);
