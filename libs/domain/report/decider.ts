import { requireOpenAgenda } from '../agenda/decider.js';
import type { Agenda, AgendaState } from '../agenda/state.js';
import type { CommitmentState } from '../commitment/state.js';
import type { Decider } from '../decider.js';
import { agendaOf } from '../identifiers.js';
import type { PriorityState } from '../priority/state.js';
import { reject } from '../rejection.js';
import { unlessSaid } from '../repeat.js';
import type { Actor, CalendarDate } from '../values.js';
import type { CorrectReport, ReportCommand, ReportProgress } from './commands.js';
import type { ReportEvent } from './events.js';
import { reporterOf, requireAuthor, requireOtherThanSubmitter, requireReporter } from './reporter.js';
import { evolveReport, type Report, type ReportState } from './state.js';
import { requireNotWithdrawn, requireSubject, requireUnderWay, type Subject } from './subject.js';

export type ReportFacts = {
  readonly agenda: AgendaState;
  /** The report's subject, or the priority that its subject is under. */
  readonly priority: PriorityState;
  /** The report's subject, where that is a commitment. */
  readonly commitment?: CommitmentState;
};

export const reportDecider: Decider<ReportState, ReportCommand, ReportEvent, ReportFacts> = {
  initial: undefined,
  evolve: evolveReport,
  decide(state, command, facts, { actor, today }) {
    if (command.type === 'ReportProgress') return report(state, command, facts, actor);
    const { type, data } = command;
    const known = state ?? reject('REPORT_UNKNOWN', `${data.reportId} was never submitted.`);
    // First: to others, nothing is said of how it stands.
    if (type === 'CorrectReport') requireAuthor(known, actor);
    else requireOtherThanSubmitter(known, actor);
    const agenda = requireOpenAgenda(facts.agenda);
    const subject = requireSubject(known.subject, facts);
    const settle = unlessSaid(evolveReport, state);
    switch (type) {
      case 'CorrectReport':
        if (data.period !== known.period) {
          reject('REPORT_PERIOD_FIXED', `It was submitted for ${known.period}.`, '/period');
        }
        return settle({ type: 'ReportCorrected', data: submission(known, data, subject, actor) }, () => {
          requireUnderWay(subject);
          requireReporter(known.reporter, agenda, subject);
          requireNotAccepted(known, subject);
          if (!isOpenAgain(known, subject)) requireUnlocked(agenda, known.period, today);
        });
      case 'ReturnReport':
        return settle({ type: 'ReportReturned', data: { ...placeOf(known), reason: data.reason } }, () => {
          requireUnderWay(subject);
          requireNotReturned(known);
          requireNotAccepted(known, subject);
        });
      case 'AcceptReport': {
        const { textVersion } = subject;
        return settle(
          { type: 'ReportAccepted', data: { ...placeOf(known), comment: data.comment, textVersion } },
          () => {
            requireNotWithdrawn(subject);
            requireNotReturned(known);
            requireNotAccepted(known, subject);
            if (isOutdated(known, subject)) {
              reject('REPORT_ON_OLDER_TEXT', `${subject.id} was amended since the report was submitted.`);
            }
          },
        );
      }
    }
  },
};

function report(
  state: ReportState,
  { data }: ReportProgress,
  facts: ReportFacts,
  actor: Actor,
): readonly ReportEvent[] {
  const subject = requireSubject(data.subject, facts);
  const agenda = requireOpenAgenda(facts.agenda);
  if (state) reject('REPORT_ALREADY_SUBMITTED', `${state.id} was submitted already.`);
  requireUnderWay(subject);
  const reporter = reporterOf(actor);
  requireReporter(reporter, agenda, subject);
  requirePeriod(agenda, data.period);
  const place = { agendaId: agendaOf(data.subject), subject: data.subject, reporter };
  return [{ type: 'ProgressReported', data: submission(place, data, subject, actor) }];
}

function requirePeriod(agenda: Agenda, period: string): void {
  if (!agenda.reportingPeriods.has(period)) {
    reject('PERIOD_UNKNOWN', `${agenda.id} has no reporting period ${period}.`, '/period');
  }
}

/** Once a period is locked, what was said in time is no longer turned about. A report that never came is taken, and shows that it is late. */
function requireUnlocked(agenda: Agenda, period: string, today: CalendarDate): void {
  const lockedFrom = agenda.reportingPeriods.get(period)?.lockedFrom;
  if (lockedFrom !== undefined && lockedFrom <= today) {
    reject('PERIOD_LOCKED', `${period} is locked from ${lockedFrom}; only what is returned is corrected.`);
  }
}

/** The Secretariat asked for it, or the text under it changed. */
const isOpenAgain = (report: Report, subject: Subject): boolean => report.status === 'returned' || isOutdated(report, subject);

type Standing = Pick<Report, 'agendaId' | 'subject' | 'reporter'>;

const submission = (
  { agendaId, subject, reporter }: Standing,
  content: (ReportProgress | CorrectReport)['data'],
  { textVersion }: Subject,
  actor: Actor,
) => ({ ...content, agendaId, subject, reporter, textVersion, submittedBy: actor.subject });

const placeOf = ({ id, agendaId, subject, reporter, period }: Report) => ({
  reportId: id,
  agendaId,
  subject,
  reporter,
  period,
});

const isOutdated = (report: Report, subject: Subject): boolean => report.textVersion < subject.textVersion;

function requireNotReturned(report: Report): void {
  if (report.status === 'returned') reject('REPORT_RETURNED', `It was returned: ${report.returnReason}`);
}

/** An acceptance lapses when the subject's text is amended; the report is then open to correction again. */
function requireNotAccepted(report: Report, subject: Subject): void {
  if (report.status === 'accepted' && !isOutdated(report, subject))
    reject('REPORT_ACCEPTED', 'It was accepted on the present text.');
}
