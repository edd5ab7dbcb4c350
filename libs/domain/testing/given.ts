import { expect } from '@jest/globals';
import type { Circumstances, Decider, DomainCommand, DomainEvent } from '../decider.js';
import { fold } from '../fold.js';
import { DomainRejection, type RejectionCode } from '../rejection.js';
import { CHAIR } from './csto-2024.js';

type Asked<Facts> = Partial<Circumstances> & { readonly facts: Facts };

/** A decider's specification: given what happened, when a command comes, then these events, nothing, or a rejection. */
export const given = <State, Command extends DomainCommand, Event extends DomainEvent, Facts>(
  decider: Decider<State, Command, Event, Facts>,
  ...happened: readonly Event[]
) => ({
  when(command: Command, ...[asked]: object extends Facts ? [Partial<Asked<Facts>>?] : [Asked<Facts>]) {
    const { facts = {} as Facts, actor = CHAIR, today = '2024-06-01', now = `${today}T12:00:00.000Z` } = asked ?? {};
    const decide = () => decider.decide(fold(decider, happened), command, facts, { actor, today, now });
    return {
      thenRecords: (...events: readonly Event[]) => expect(JSON.parse(JSON.stringify(decide()))).toEqual(events),
      thenNothing: () => expect(decide()).toEqual([]),
      thenRejected(code: RejectionCode, field?: string) {
        const rejection = rejectionOf(decide);
        expect({ code: rejection.code, field: rejection.field }).toEqual({ code, field });
        // A field is named exactly where one is to blame.
        expect(rejection.kind === 'invalid').toBe(field !== undefined);
      },
    };
  },
});

function rejectionOf(decide: () => readonly unknown[]): DomainRejection {
  let events: readonly unknown[];
  try {
    events = decide();
  } catch (error) {
    if (error instanceof DomainRejection) return error;
    throw error;
  }
  throw new Error(`Expected a rejection and got ${JSON.stringify(events)}`);
}
