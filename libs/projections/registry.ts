import { agendas } from './agendas.js';
import { bodies } from './bodies.js';
import { moments } from './moments.js';
import type { Projection } from './projection.js';
import { recordedEvents } from './recorded-events.js';
import { reports } from './reports.js';
import { work } from './work.js';

/** Every projection that the service keeps. */
export const registry: readonly Projection[] = [agendas, bodies, work, reports, moments, recordedEvents];
