import { wellFormedOnly } from '../fold.js';
import { decision, localisedText, oneOf, optional, record, text, type Shapes } from '../shape.js';
import type { Decision, LocalisedText } from '../values.js';
import { BODY_KINDS, type BodyKind, type BodyLifecycle } from '../vocabulary.js';
import type { BodyEvent } from './events.js';

export type Body = {
  readonly id: string;
  readonly lifecycle: BodyLifecycle;
  readonly names: LocalisedText;
  readonly kind: BodyKind;
  readonly retirement?: { readonly reason?: string; readonly decision?: Decision };
};

/** `undefined` until it is registered. */
export type BodyState = Body | undefined;

const SHAPES: Shapes<BodyEvent> = {
  BodyRegistered: record({ bodyId: text, names: localisedText, kind: oneOf(BODY_KINDS) }),
  BodyRenamed: record({ bodyId: text, names: localisedText, decision: optional(decision) }),
  BodyRetired: record({ bodyId: text, reason: optional(text), decision: optional(decision) }),
};

export const evolveBody = wellFormedOnly<BodyState, BodyEvent>(SHAPES, (body, { type, data }) => {
  if (type === 'BodyRegistered') {
    return body ?? { id: data.bodyId, lifecycle: 'active', names: data.names, kind: data.kind };
  }
  if (!body) return body;
  switch (type) {
    case 'BodyRenamed':
      return { ...body, names: data.names };
    case 'BodyRetired':
      return { ...body, lifecycle: 'retired', retirement: { reason: data.reason, decision: data.decision } };
  }
});
