import { reject } from './rejection.js';
import type { AssignmentRole } from './vocabulary.js';

/** Who carries a piece of work. */
export type Carried = {
  /** The body's id → its role now. */
  readonly assignments: ReadonlyMap<string, AssignmentRole>;
  /** Bodies that carried it once and do not now: to unassign them again is a repeat, not an error. */
  readonly formerlyAssigned: ReadonlySet<string>;
};

export const UNASSIGNED: Carried = { assignments: new Map(), formerlyAssigned: new Set() };

export const assigned = (carried: Carried, body: string, role: AssignmentRole): Carried => ({
  assignments: new Map(carried.assignments).set(body, role),
  formerlyAssigned: new Set([...carried.formerlyAssigned].filter((former) => former !== body)),
});

export function unassigned(carried: Carried, body: string): Carried {
  if (!carried.assignments.has(body)) return carried;
  return {
    assignments: new Map([...carried.assignments].filter(([other]) => other !== body)),
    formerlyAssigned: new Set([...carried.formerlyAssigned, body]),
  };
}

/** @throws {DomainRejection} ASSIGNMENT_UNKNOWN */
export function requireOnceAssigned(carried: Carried, body: string): void {
  if (!carried.assignments.has(body) && !carried.formerlyAssigned.has(body)) {
    reject('ASSIGNMENT_UNKNOWN', `${body} was never assigned here.`);
  }
}
