import type { DomainCommand } from '../decider.js';
import type { ReportContent } from './events.js';

/** The reporter is the actor's own state or body, never named in the command. */
export type ReportProgress = DomainCommand<
  'ReportProgress',
  { reportId: string; subject: string; period: string } & ReportContent
>;
export type CorrectReport = DomainCommand<'CorrectReport', { reportId: string; period: string } & ReportContent>;
export type ReturnReport = DomainCommand<'ReturnReport', { reportId: string; reason: string }>;
export type AcceptReport = DomainCommand<'AcceptReport', { reportId: string; comment?: string }>;

export type ReportCommand = ReportProgress | CorrectReport | ReturnReport | AcceptReport;
