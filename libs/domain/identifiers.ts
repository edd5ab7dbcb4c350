import type { StateCode } from './values.js';

/**
 * Identifiers are natural and readable, so that uniqueness is a stream's `no stream` expectation:
 * agenda `csto-2024`, priority `csto-2024.2`, commitment `csto-2024.2.1`, body `kssb-ct-experts`, edition `csto-2024.e1`,
 * report a UUID.
 */
const SLUG = '[a-z0-9]+(?:-[a-z0-9]+)*';
const NUMBER = '[1-9][0-9]{0,3}';

/** Of an agenda or a body: lower-case letters, digits and single hyphens, at most 64. */
export const SLUG_PATTERN = new RegExp(`^(?=.{1,64}$)${SLUG}$`);
export const PRIORITY_ID_PATTERN = new RegExp(`^(?=[^.]{1,64}[.])${SLUG}\\.${NUMBER}$`);
export const COMMITMENT_ID_PATTERN = new RegExp(`^(?=[^.]{1,64}[.])${SLUG}\\.${NUMBER}\\.${NUMBER}$`);
export const EDITION_ID_PATTERN = new RegExp(`^(?=[^.]{1,64}[.])${SLUG}\\.e${NUMBER}$`);
export const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
export const STATE_PATTERN = /^[A-Z]{2}$/;
/** Of priorities within an agenda and commitments within a priority. */
export const HIGHEST_NUMBER = 9999;

export const priorityId = (agendaId: string, number: number): string => `${agendaId}.${number}`;
export const editionId = (agendaId: string, number: number): string => `${agendaId}.e${number}`;
export const commitmentId = (priority: string, number: number): string => `${priority}.${number}`;

/** `csto-2024.2.1` → `csto-2024`; also of a priority or of the agenda itself. */
export const agendaOf = (id: string): string => id.split('.', 1)[0]!;
/** `csto-2024.2.1` → `csto-2024.2`; also of the priority itself. */
export const priorityOf = (id: string): string => id.split('.', 2).join('.');
/** `csto-2024.2.1` → `1`; of a priority, its number in the agenda. */
export const numberOf = (id: string): number => Number(id.slice(id.lastIndexOf('.') + 1));

export type SubjectKind = 'priority' | 'commitment';
/** What a progress report is about is told by its id. */
export const subjectKind = (id: string): SubjectKind => (priorityOf(id) === id ? 'priority' : 'commitment');

export const streamOf = {
  agenda: (id: string) => `agenda-${id}`,
  body: (id: string) => `body-${id}`,
  priority: (id: string) => `priority-${id}`,
  commitment: (id: string) => `commitment-${id}`,
  report: (id: string) => `report-${id}`,
  edition: (id: string) => `edition-${id}`,
} as const;

/** How a reporter is written where one column must tell states from bodies: `state:KG`, `body:ksopn`. */
export const reporterKey = (reporter: { state: StateCode } | { body: string }): string =>
  'state' in reporter ? `state:${reporter.state}` : `body:${reporter.body}`;

/** The reporter whom `reporterKey` wrote so. */
export function reporterOf(key: string): { state: StateCode } | { body: string } {
  const id = key.slice(key.indexOf(':') + 1);
  return key.startsWith('state:') ? { state: id } : { body: id };
}
