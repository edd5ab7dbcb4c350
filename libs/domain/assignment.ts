import { reject } from './rejection.js';
import type { AssignmentRole } from './vocabulary.js';

/** Who carries a piece of work. */
export type Carried = {
  /** The body's id → its role now. */
  readonly assignments: ReadonlyMap<string, AssignmentRole>;
  /** Those that do not carry it now as well: to unassign them again is a repeat, not an error. */
  readonly everAssigned: ReadonlySet<string>;
};

export const UNASSIGNED: Carried = { assignments: new Map(), everAssigned: new Set() };

export const assigned = ({ assignments, everAssigned }: Carried, body: string, role: AssignmentRole): Carried => ({
  assignments: new Map(assignments).set(body, role),
  everAssigned: new Set(everAssigned).add(body),
});

export const unassigned = ({ assignments, everAssigned }: Carried, body: string): Carried => ({
  assignments: new Map([...assignments].filter(([other]) => other !== body)),
  everAssigned,
});

/** @throws {DomainRejection} ASSIGNMENT_UNKNOWN */
export function requireOnceAssigned({ everAssigned }: Carried, body: string): void {
  if (!everAssigned.has(body)) reject('ASSIGNMENT_UNKNOWN', `${body} was never assigned here.`);
}
