import type { Agenda } from '../agenda/state.js';
import { reporterKey } from '../identifiers.js';
import { reject } from '../rejection.js';
import type { Actor, Reporter } from '../values.js';
import type { Report } from './state.js';
import type { Subject } from './subject.js';

/**
 * A liaison speaks for its state, a focal point for its body.
 * @throws {DomainRejection} ROLE_NOT_ALLOWED
 */
export function reporterOf({ role, state, body }: Actor): Reporter {
  if (role === 'liaison' && state !== undefined) return { state };
  if (role === 'body' && body !== undefined) return { body };
  return reject('ROLE_NOT_ALLOWED', 'A report is made for a state or a body, and the actor acts for none.');
}

/**
 * A state reports while it takes part in the agenda; a body on what it carries now, and on the commitments under a
 * priority that it carries.
 * @throws {DomainRejection} NOT_A_MEMBER_STATE, STATE_NOT_PARTICIPATING, NOT_ASSIGNED
 */
export function requireReporter(reporter: Reporter, agenda: Agenda, { id, priority, commitment }: Subject): void {
  if ('state' in reporter) {
    const { state } = reporter;
    const { participation } =
      agenda.participations.get(state) ?? reject('NOT_A_MEMBER_STATE', `${state} is no member state of ${agenda.id}.`);
    if (participation !== 'participating')
      reject('STATE_NOT_PARTICIPATING', `${state} is ${participation} in ${agenda.id}.`);
  } else if (!priority.assignments.has(reporter.body) && !commitment?.assignments.has(reporter.body)) {
    reject('NOT_ASSIGNED', `${id} is not assigned to ${reporter.body}.`);
  }
}

/** @throws {DomainRejection} NOT_YOUR_REPORT */
export function requireAuthor(report: Report, actor: Actor): void {
  if (reporterKey(reporterOf(actor)) !== reporterKey(report.reporter)) {
    reject('NOT_YOUR_REPORT', `${report.id} is the report of another state or body.`);
  }
}

/** @throws {DomainRejection} SELF_REVIEW */
export function requireOtherThanSubmitter(report: Report, actor: Actor): void {
  if (report.submitters.has(actor.subject)) reject('SELF_REVIEW', `${actor.subject} submitted ${report.id}.`);
}
