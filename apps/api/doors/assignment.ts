import { ASSIGNMENT_ROLES, type AssignmentRole } from '#domain/vocabulary.js';
import { OneOf, Slug } from '../validation/fields.js';
import { Occurrence } from './occurrence.js';

export class Assignment extends Occurrence {
  @Slug({ description: 'The id of a registered body', example: 'kssb-ct-experts' })
  body!: string;

  @OneOf(ASSIGNMENT_ROLES)
  role!: AssignmentRole;
}
