import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { comparePositions } from '#event-store/position.js';
import { ReadModel } from '#queries/read-model.js';
import type { Verification } from '#verification/records.js';
import { Reads } from '../access/declared-access.js';
import { PathId } from '../doors/path-ids.js';
import { problemResponses } from '../openapi/problem-responses.js';
import { Problem } from '../problems/problem.js';
import { documentText, HttpExchange, type Exchange } from '../reading/exchange.js';
import { ReadDoor } from '../reading/read-door.js';
import { LogPosition } from '../validation/fields.js';
import { VerificationDesk } from './verification-desk.js';
import { verificationShape, verificationsShape, verifiedShape } from './verification-shapes.js';

const LISTED = 100;

class NewVerification {
  @LogPosition({ optional: true, description: 'Up to which everything is compared; where the read side stands, where absent' })
  position?: string;
}

/** An auditor has the log folded once more, apart, and held against what is served. */
@ApiTags('Verifications')
@Controller('v1/verifications')
export class VerificationsController {
  constructor(
    private readonly desk: VerificationDesk,
    private readonly model: ReadModel,
  ) {}

  @Post()
  @HttpCode(202)
  @Reads('auditor')
  @ApiOperation({
    operationId: 'askForVerification',
    summary: 'Have the log verified, and everything that is read from it',
    description:
      'Every projection is folded from the log once more, apart from what is served, and compared with it row by row, over the whole past; the log is compared with the ledger. The service goes on meanwhile. `GET` at the `Location` tells how far it is, and then what it found. For the role: auditor.',
  })
  @ApiResponse({
    status: 202,
    description: 'It will be carried out, after those that were asked for before',
    schema: verificationShape,
    headers: { Location: { description: 'Of the verification', schema: { type: 'string' } } },
  })
  @problemResponses([
    'MALFORMED_JSON', 'HEADER_INVALID', 'TOKEN_MISSING', 'TOKEN_REFUSED', 'ROLE_NOT_ALLOWED', 'NOT_ACCEPTABLE', 'BODY_TOO_LARGE',
    'MEDIA_TYPE_UNSUPPORTED', 'FIELDS_INVALID', 'TOO_MANY_REQUESTS', 'STORE_AWAY', 'KEYS_AWAY', 'READ_SIDE_BEHIND', 'TIMED_OUT',
  ])
  async ask(@HttpExchange() { request, response }: Exchange, @Body() { position }: NewVerification): Promise<Verification> {
    const served = await this.model.side.position();
    if (position !== undefined && comparePositions(position, served) > 0) {
      const detail = `is after ${served}, where the read side stands`;
      throw new Problem('FIELDS_INVALID', `/position ${detail}.`, { errors: [{ pointer: '/position', detail }] });
    }
    const { subject, role } = request.actor!;
    const verification = await this.desk.ask(position ?? served, { subject, role });
    response.location(`/v1/verifications/${verification.id}`);
    return verification;
  }

  @ReadDoor('', {
    operationId: 'listVerifications',
    summary: `The last ${LISTED} verifications, the last one first`,
    roles: ['auditor'],
    answer: verificationsShape,
  })
  async list(@HttpExchange() exchange: Exchange): Promise<string> {
    return documentText(exchange, { items: await this.desk.list(LISTED) });
  }

  @ReadDoor(':verificationId', {
    operationId: 'readVerification',
    summary: 'How far a verification is, or what it found',
    description: 'Of the differences the first thousand are listed; all are counted.',
    roles: ['auditor'],
    answer: verifiedShape,
    absent: 'VERIFICATION_UNKNOWN',
  })
  async read(@PathId('verificationId') id: string, @HttpExchange() exchange: Exchange): Promise<string> {
    const verification = await this.desk.find(id);
    if (!verification) throw new Problem('VERIFICATION_UNKNOWN', 'Nobody asked for a verification with this id.');
    return documentText(exchange, { ...verification, differences: await this.desk.differences(id) });
  }
}
