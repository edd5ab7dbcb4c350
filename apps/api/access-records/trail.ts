import { Injectable } from '@nestjs/common';
import { recordRead } from '#access/reads.js';
import { ReadModel } from '#queries/read-model.js';
import type { Viewer } from '#queries/viewer.js';
import type { Exchange } from '../reading/exchange.js';

type Seen = {
  readonly position?: string;
  readonly reports?: readonly string[];
  /** What the address does not say. */
  readonly asked?: Readonly<Record<string, unknown>>;
};

/** Reads of what is not for everybody leave a trace. It is on disk before anything is handed out, or nothing is. */
@Injectable()
export class Trail {
  constructor(private readonly model: ReadModel) {}

  /** @throws {ReadNotRecorded} */
  async leave({ request }: Exchange, { position, reports, asked }: Seen): Promise<void> {
    const { db, clock } = this.model.side;
    const route = (request.route as { path: string }).path.replaceAll(/:(\w+)/g, '{$1}');
    await recordRead(db, clock(), {
      actor: request.actor!,
      door: `${request.method} ${route}`,
      asked: { ...request.params, ...request.query, ...asked },
      traceId: request.trace.traceId,
      position,
      reports,
    });
  }

  /** Where the viewer was shown what others may not know: reports that were not accepted, or no longer. */
  async leaveOfDrafts(exchange: Exchange, { viewer, at }: { viewer: Viewer; at: { position: string } }, reports: readonly string[]): Promise<void> {
    if (viewer.seesAll && reports.length > 0) await this.leave(exchange, { position: at.position, reports });
  }
}
