/** The closed lists of the field's words. Each is the one source for types, validation and documentation. */

export const LANGUAGES = ['ru', 'kk', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

export const ROLES = ['chair', 'secretariat', 'liaison', 'body', 'auditor', 'operator'] as const;
export type Role = (typeof ROLES)[number];
/** The service itself acts where the clock or a delivery does: nobody's token says so. */
export const ACTOR_ROLES = [...ROLES, 'service'] as const;
export type ActorRole = (typeof ACTOR_ROLES)[number];

export const PARTICIPATIONS = ['participating', 'suspended', 'not-participating'] as const;
export type Participation = (typeof PARTICIPATIONS)[number];

export const BODY_KINDS = [
  'council',
  'committee',
  'secretariat',
  'working-group',
  'representative',
  'forces',
  'partner',
] as const;
export type BodyKind = (typeof BODY_KINDS)[number];

export const ASSIGNMENT_ROLES = ['lead', 'supporting'] as const;
export type AssignmentRole = (typeof ASSIGNMENT_ROLES)[number];

/** What a closed commitment came to. Being carried over is an outcome with its own command, since it names where to. */
export const OUTCOMES = ['fulfilled', 'partly-fulfilled', 'not-fulfilled'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const PRIORITY_LIFECYCLES = ['proposed', 'agreed', 'withdrawn'] as const;
export type PriorityLifecycle = (typeof PRIORITY_LIFECYCLES)[number];

export const COMMITMENT_LIFECYCLES = [
  'proposed',
  'agreed',
  'suspended',
  ...OUTCOMES,
  'carried-over',
  'withdrawn',
] as const;
export type CommitmentLifecycle = (typeof COMMITMENT_LIFECYCLES)[number];

export const AGENDA_LIFECYCLES = ['open', 'closed'] as const;
export type AgendaLifecycle = (typeof AGENDA_LIFECYCLES)[number];

export const BODY_LIFECYCLES = ['active', 'retired'] as const;
export type BodyLifecycle = (typeof BODY_LIFECYCLES)[number];

/** Self-reported, per reporter. */
export const DELIVERIES = ['not-started', 'on-track', 'delayed', 'blocked', 'completed'] as const;
export type Delivery = (typeof DELIVERIES)[number];

/** The Secretariat's own judgement. */
export const GRADES = ['no-evidence', 'not-started', 'limited', 'substantial', 'complete'] as const;
export type Grade = (typeof GRADES)[number];

/** Computed from due dates and the clock of the question; never recorded. */
export const TIMELINESSES = ['not-due', 'due', 'overdue', 'received'] as const;
export type Timeliness = (typeof TIMELINESSES)[number];

export const REPORT_STATUSES = ['submitted', 'returned', 'accepted'] as const;
export type ReportStatus = (typeof REPORT_STATUSES)[number];

/** What an edition is sent for. */
export const EDITION_PURPOSES = ['for-consideration', 'adopted', 'progress', 'final'] as const;
export type EditionPurpose = (typeof EDITION_PURPOSES)[number];

/** By which an edition reaches a state; `pull` is what its liaison fetched. */
export const DELIVERY_CHANNELS = ['webhook', 'email', 'pull'] as const;
export type DeliveryChannel = (typeof DELIVERY_CHANNELS)[number];

/** What a state says of an edition. */
export const POSITIONS = ['no-objection', 'reservation', 'objection', 'not-participating'] as const;
export type Position = (typeof POSITIONS)[number];
