import { z } from 'zod';
import { COMMITMENT_ID_PATTERN } from '#domain/identifiers.js';
import { OUTCOMES } from '#domain/vocabulary.js';
import { decision, text } from '../agenda-file/schema.js';
import { parseShape } from '../agenda-file/parse.js';

const commitmentId = z.string().regex(COMMITMENT_ID_PATTERN, 'must be the id of a commitment, such as csto-2024.2.1');

const handoverFile = z.strictObject({
  decision: decision.meta({ description: 'Under which everything here is done.' }),
  next: text.meta({ description: 'The file of the next agenda, from this file’s folder; not needed where it is open already.' }).optional(),
  outcomes: z.record(commitmentId, z.enum(OUTCOMES)).meta({ description: 'What the commitments came to that end here.' }).optional(),
  withdrawn: z.record(commitmentId, text).meta({ description: 'Commitments that are given up, and why.' }).optional(),
});

/** What a chair decides at the end of its term. Whatever is under way and not named is carried over. */
export type HandoverFile = Readonly<z.output<typeof handoverFile>>;

/** @throws {AgendaFileError} */
export const parseHandoverFile = (text: string, path: string): HandoverFile => parseShape(handoverFile, text, path).said;
