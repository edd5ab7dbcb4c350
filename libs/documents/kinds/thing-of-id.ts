import { COMMITMENT_ID_PATTERN, EDITION_ID_PATTERN, PRIORITY_ID_PATTERN, SLUG_PATTERN } from '#domain/identifiers.js';
import type { ThingKind } from '#domain/things.js';

/** What an id is the id of; reports are told of in their own histories alone. `undefined` for what is no id. */
export function thingOfId(id: string, agenda: string): { readonly kind: ThingKind; readonly id: string } | undefined {
  if (COMMITMENT_ID_PATTERN.test(id)) return { kind: 'commitment', id };
  if (PRIORITY_ID_PATTERN.test(id)) return { kind: 'priority', id };
  if (EDITION_ID_PATTERN.test(id)) return { kind: 'edition', id };
  if (!SLUG_PATTERN.test(id)) return undefined;
  return { kind: id === agenda ? 'agenda' : 'body', id };
}
