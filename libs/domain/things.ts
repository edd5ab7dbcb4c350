import { agendaDecider } from './agenda/decider.js';
import { bodyDecider } from './body/decider.js';
import type { Event } from './catalogue.js';
import { commitmentDecider } from './commitment/decider.js';
import { editionDecider } from './edition/decider.js';
import { priorityDecider } from './priority/decider.js';
import { reportDecider } from './report/decider.js';

const FOLDS = {
  agenda: agendaDecider,
  body: bodyDecider,
  priority: priorityDecider,
  commitment: commitmentDecider,
  report: reportDecider,
  edition: editionDecider,
} as const;

/** The kinds of things that have a history: a stream each. */
export type ThingKind = keyof typeof FOLDS;
export const THING_KINDS = Object.keys(FOLDS) as ThingKind[];

export type AnyFold = { readonly initial: unknown; evolve(state: unknown, event: Event): unknown };

export const foldOf = (kind: ThingKind): AnyFold => FOLDS[kind];

/** `undefined` for a stream of nothing that the domain knows. */
export function thingOfStream(stream: string): { readonly kind: ThingKind; readonly id: string } | undefined {
  const kind = THING_KINDS.find((one) => stream.startsWith(`${one}-`));
  return kind && { kind, id: stream.slice(kind.length + 1) };
}
