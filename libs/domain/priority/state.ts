import { amended } from '../amendment.js';
import { assigned, unassigned, UNASSIGNED, type Carried } from '../assignment.js';
import { wellFormedOnly } from '../fold.js';
import {
  decision,
  instrument,
  listOf,
  localisedText,
  nullable,
  number,
  oneOf,
  optional,
  record,
  text,
  type Shapes,
} from '../shape.js';
import type { Decision, Instrument, LocalisedText } from '../values.js';
import { ASSIGNMENT_ROLES, type PriorityLifecycle } from '../vocabulary.js';
import type { PriorityEvent } from './events.js';

export type Priority = Carried & {
  readonly id: string;
  readonly agendaId: string;
  readonly number: number;
  readonly lifecycle: PriorityLifecycle;
  readonly title: LocalisedText;
  readonly summary?: LocalisedText;
  /** How often title or summary were amended. */
  readonly textVersion: number;
  readonly instruments: readonly Instrument[];
  readonly source?: string;
  readonly agreement?: Decision;
  readonly withdrawal?: { readonly reason?: string; readonly decision?: Decision };
};

/** `undefined` until it is proposed. */
export type PriorityState = Priority | undefined;

const SHAPES: Shapes<PriorityEvent> = {
  PriorityProposed: record({
    priorityId: text,
    agendaId: text,
    number,
    title: localisedText,
    summary: optional(localisedText),
    instruments: optional(listOf(instrument)),
    source: optional(text),
  }),
  PriorityAmended: record({
    priorityId: text,
    title: optional(localisedText),
    summary: optional(nullable(localisedText)),
    instruments: optional(listOf(instrument)),
    source: optional(nullable(text)),
    decision: optional(decision),
  }),
  PriorityAgreed: record({ priorityId: text, decision }),
  PriorityAssigned: record({ priorityId: text, body: text, role: oneOf(ASSIGNMENT_ROLES) }),
  PriorityUnassigned: record({ priorityId: text, body: text }),
  PriorityWithdrawn: record({ priorityId: text, reason: optional(text), decision: optional(decision) }),
};

export const evolvePriority = wellFormedOnly<PriorityState, PriorityEvent>(SHAPES, (priority, { type, data }) => {
  if (type === 'PriorityProposed') {
    const { priorityId: id, agendaId, number, title, summary, instruments = [], source } = data;
    return (
      priority ?? {
        id,
        agendaId,
        number,
        lifecycle: 'proposed',
        title,
        summary,
        textVersion: 0,
        instruments,
        source,
        ...UNASSIGNED,
      }
    );
  }
  if (!priority) return priority;
  switch (type) {
    case 'PriorityAmended': {
      const { title = priority.title, summary, instruments = priority.instruments, source } = data;
      const textAmended = data.title !== undefined || summary !== undefined;
      return {
        ...priority,
        title,
        summary: amended(priority.summary, summary),
        textVersion: priority.textVersion + (textAmended ? 1 : 0),
        instruments,
        source: amended(priority.source, source),
      };
    }
    case 'PriorityAgreed':
      return { ...priority, lifecycle: 'agreed', agreement: data.decision };
    case 'PriorityAssigned':
      return { ...priority, ...assigned(priority, data.body, data.role) };
    case 'PriorityUnassigned':
      return { ...priority, ...unassigned(priority, data.body) };
    case 'PriorityWithdrawn':
      return { ...priority, lifecycle: 'withdrawn', withdrawal: { reason: data.reason, decision: data.decision } };
  }
});
