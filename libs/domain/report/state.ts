import { wellFormedOnly } from '../fold.js';
import { evidence, listOf, number, oneOf, optional, record, reporter, text, type Shapes } from '../shape.js';
import type { ReportStatus } from '../vocabulary.js';
import { DELIVERIES, LANGUAGES } from '../vocabulary.js';
import type { ReportContent, ReportEvent, ReportPlace, ReportSubmission } from './events.js';

export type Report = Readonly<Omit<ReportPlace, 'reportId'>> &
  Readonly<ReportContent> & {
    readonly id: string;
    readonly status: ReportStatus;
    /** Which text of its subject the content was made on. */
    readonly textVersion: number;
    /** Everyone who ever submitted it: none of them reviews it. */
    readonly submitters: ReadonlySet<string>;
    /** Why it was returned, while it is. */
    readonly returnReason?: string;
    readonly acceptance?: { readonly comment?: string; readonly textVersion: number };
  };

/** `undefined` until it is submitted. */
export type ReportState = Report | undefined;

const place = { reportId: text, agendaId: text, subject: text, reporter, period: text };
const submission = record<ReportSubmission>({
  ...place,
  delivery: oneOf(DELIVERIES),
  percent: optional(number),
  narrative: text,
  language: oneOf(LANGUAGES),
  obstacles: optional(text),
  nextSteps: optional(text),
  evidence: optional(listOf(evidence)),
  textVersion: number,
  submittedBy: text,
});

const SHAPES: Shapes<ReportEvent> = {
  ProgressReported: submission,
  ReportReturned: record({ ...place, reason: text }),
  ReportCorrected: submission,
  ReportAccepted: record({ ...place, comment: optional(text), textVersion: number }),
};

export const evolveReport = wellFormedOnly<ReportState, ReportEvent>(SHAPES, (report, { type, data }) => {
  if (type === 'ProgressReported') return report ?? submitted(data, new Set());
  if (!report) return report;
  switch (type) {
    case 'ReportReturned':
      return { ...report, status: 'returned', returnReason: data.reason, acceptance: undefined };
    case 'ReportCorrected':
      return submitted(data, report.submitters);
    case 'ReportAccepted': {
      const { comment, textVersion } = data;
      return { ...report, status: 'accepted', acceptance: { comment, textVersion } };
    }
  }
});

function submitted(submission: ReportSubmission, earlier: ReadonlySet<string>): Report {
  const { reportId: id, submittedBy, ...said } = submission;
  return { id, ...said, status: 'submitted', submitters: new Set([...earlier, submittedBy]) };
}
