import type { DomainEvent } from '../decider.js';
import type { Decision, LocalisedText } from '../values.js';
import type { BodyKind } from '../vocabulary.js';

/** An organ that may carry work was entered in the register. */
export type BodyRegistered = DomainEvent<'BodyRegistered', { bodyId: string; names: LocalisedText; kind: BodyKind }>;

/** The body's official names changed; these are all of them. */
export type BodyRenamed = DomainEvent<'BodyRenamed', { bodyId: string; names: LocalisedText; decision?: Decision }>;

/** The body takes no new work. What it carries stays with it until it is unassigned. */
export type BodyRetired = DomainEvent<'BodyRetired', { bodyId: string; reason?: string; decision?: Decision }>;

export type BodyEvent = BodyRegistered | BodyRenamed | BodyRetired;
