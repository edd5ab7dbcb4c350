import { report } from '#projections/reports.js';
import { rowsAt, type Reading } from './rows.js';

/** The ids of the reports that were made on a priority or commitment by the moment, whoever may know them. */
export const reportsOn = async (reading: Reading, subject: string): Promise<string[]> =>
  (await rowsAt(reading, report, { where: { subject } })).map(({ id }) => id);
