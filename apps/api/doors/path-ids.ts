import { Param, type PipeTransform } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { COMMITMENT_ID_PATTERN, EDITION_ID_PATTERN, PRIORITY_ID_PATTERN, SLUG_PATTERN, STATE_PATTERN, UUID_PATTERN } from '#domain/identifiers.js';
import type { ProblemCode } from '../problems/catalogue.js';
import { Problem } from '../problems/problem.js';

/** The ids that stand in addresses. One that could not be an id is the id of nothing. */
export const PATH_IDS = {
  agendaId: { pattern: SLUG_PATTERN, absent: 'AGENDA_UNKNOWN', example: 'csto-2024' },
  bodyId: { pattern: SLUG_PATTERN, absent: 'BODY_UNKNOWN', example: 'kssb-ct-experts' },
  priorityId: { pattern: PRIORITY_ID_PATTERN, absent: 'PRIORITY_UNKNOWN', example: 'csto-2024.2' },
  commitmentId: { pattern: COMMITMENT_ID_PATTERN, absent: 'COMMITMENT_UNKNOWN', example: 'csto-2024.2.1' },
  editionId: { pattern: EDITION_ID_PATTERN, absent: 'EDITION_UNKNOWN', example: 'csto-2024.e1' },
  milestoneId: { pattern: SLUG_PATTERN, absent: 'MILESTONE_UNKNOWN', example: 'legal-framework' },
  eventId: { pattern: UUID_PATTERN, absent: 'EVENT_UNKNOWN', example: '0c1f9a3e-5d0b-5f0e-9a51-6f1a2b3c4d5e' },
  checkpointSize: { pattern: /^(0|[1-9]\d{0,14})$/, absent: 'CHECKPOINT_UNKNOWN', example: '42' },
  verificationId: { pattern: UUID_PATTERN, absent: 'VERIFICATION_UNKNOWN', example: '018e4f5a-7c3e-7b1a-9c55-2f6a1d0e8b47' },
  projection: { pattern: SLUG_PATTERN, absent: 'PROJECTION_UNKNOWN', example: 'work' },
  state: { pattern: STATE_PATTERN, absent: 'STATE_ABSENT', example: 'KG' },
  reportId: { pattern: UUID_PATTERN, absent: 'REPORT_UNKNOWN', example: '018e4f5a-7c3e-7b1a-9c55-2f6a1d0e8b47' },
} as const satisfies Record<string, { pattern: RegExp; absent: ProblemCode; example: string }>;

export type PathIdName = keyof typeof PATH_IDS;

/** An id from the address, in the shape that ids of its kind have; also what the OpenAPI document says of it. */
export const PathId =
  (name: PathIdName): ParameterDecorator =>
  (target, method, index) => {
    const { pattern, example } = PATH_IDS[name];
    Param(name, idOf(name))(target, method, index);
    const schema = { type: 'string' as const, pattern: pattern.source, example };
    ApiParam({ name, schema })(target, method!, Object.getOwnPropertyDescriptor(target, method!)!);
  };

function idOf(name: PathIdName): PipeTransform<string, string> {
  const { pattern, absent } = PATH_IDS[name];
  return {
    transform(id) {
      if (!pattern.test(id)) throw new Problem(absent, `What the address names cannot be the id of anything: ${name}.`);
      return id;
    },
  };
}
