import type { Decider } from '../decider.js';
import { reject } from '../rejection.js';
import { unlessSaid } from '../repeat.js';
import type { BodyCommand } from './commands.js';
import type { BodyEvent } from './events.js';
import { evolveBody, type Body, type BodyState } from './state.js';

/** It rests on nothing but itself: there are no facts to know. */
export const bodyDecider: Decider<BodyState, BodyCommand, BodyEvent, object> = {
  initial: undefined,
  evolve: evolveBody,
  decide(state, { type, data }) {
    if (type === 'RegisterBody') {
      if (state) reject('BODY_ALREADY_REGISTERED', `${state.id} was registered already.`);
      return [{ type: 'BodyRegistered', data }];
    }
    const body = state ?? reject('BODY_UNKNOWN', `${data.bodyId} was never registered.`);
    const settle = unlessSaid(evolveBody, state);
    const active = () => requireActive(body);
    switch (type) {
      case 'RenameBody':
        return settle({ type: 'BodyRenamed', data }, active);
      case 'RetireBody':
        return settle({ type: 'BodyRetired', data }, active);
    }
  },
};

/**
 * Work is assigned to a registered body that is not retired.
 * @throws {DomainRejection} ASSIGNEE_UNKNOWN, BODY_RETIRED
 */
export function requireAssignable(body: BodyState, bodyId: string): void {
  requireActive(body ?? reject('ASSIGNEE_UNKNOWN', `${bodyId} is not in the register of bodies.`, '/body'));
}

function requireActive(body: Body): void {
  if (body.lifecycle === 'retired') reject('BODY_RETIRED', `${body.id} is retired.`);
}
