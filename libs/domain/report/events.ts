import type { DomainEvent } from '../decider.js';
import type { Evidence, Reporter } from '../values.js';
import type { Delivery, Language } from '../vocabulary.js';

/** What the reporter says. */
export type ReportContent = {
  delivery: Delivery;
  /** 0 to 100. */
  percent?: number;
  narrative: string;
  /** Of the narrative, the obstacles and the next steps. */
  language: Language;
  obstacles?: string;
  nextSteps?: string;
  evidence?: readonly Evidence[];
};

/** Where the report stands: one reporter, one subject, one period. A later report in the same place supersedes it. */
export type ReportPlace = {
  reportId: string;
  agendaId: string;
  /** The id of the priority or commitment that it is about. */
  subject: string;
  reporter: Reporter;
  /** The reporting period's id in the agenda. */
  period: string;
};

export type ReportSubmission = ReportPlace &
  ReportContent & {
    /** Which text of the subject it was made on: how often that text had been amended. */
    textVersion: number;
    /** The subject of the actor who sent it, kept here since nobody reviews what they submitted. */
    submittedBy: string;
  };

/** A state or body said how far it is with a priority or commitment. */
export type ProgressReported = DomainEvent<'ProgressReported', ReportSubmission>;

/** The Secretariat sent the report back to its reporter. */
export type ReportReturned = DomainEvent<'ReportReturned', ReportPlace & { reason: string }>;

/** The reporter submitted the report anew; this content replaces the earlier. */
export type ReportCorrected = DomainEvent<'ReportCorrected', ReportSubmission>;

/** The Secretariat accepted the report. The acceptance lapses when the subject's text is amended later. */
export type ReportAccepted = DomainEvent<'ReportAccepted', ReportPlace & { comment?: string; textVersion: number }>;

export type ReportEvent = ProgressReported | ReportReturned | ReportCorrected | ReportAccepted;
