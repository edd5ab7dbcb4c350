import { Module, type DynamicModule } from '@nestjs/common';
import { ReadModel } from '#queries/read-model.js';
import { AccessRecordsController } from '../access-records/access-records.controller.js';
import { Trail } from '../access-records/trail.js';
import { AgendaReadsController } from '../agendas/agenda-reads.controller.js';
import { BodyReadsController } from '../bodies/body-reads.controller.js';
import { ChannelsController } from '../channels/channels.controller.js';
import { ChangesController } from '../changes/changes.controller.js';
import { CommitmentReadsController } from '../commitments/commitment-reads.controller.js';
import { DeliveriesController } from '../deliveries/deliveries.controller.js';
import { DeliveryDesk } from '../deliveries/delivery-desk.js';
import { DocumentsController } from '../documents/documents.controller.js';
import { DocumentsDesk } from '../documents/documents-desk.js';
import { EditionReadsController } from '../editions/edition-reads.controller.js';
import { EventsController } from '../events/events.controller.js';
import { LiveEventsController } from '../events/live-events.controller.js';
import { LiveLimits } from '../events/live-limits.js';
import { HistoryController } from '../history/history.controller.js';
import { LedgerController } from '../ledger/ledger.controller.js';
import { LedgerDesk } from '../ledger/ledger-desk.js';
import { WitnessesController } from '../ledger/witnesses.controller.js';
import { PriorityReadsController } from '../priorities/priority-reads.controller.js';
import { ProjectionDesk } from '../projections/projection-desk.js';
import { ProjectionsController } from '../projections/projections.controller.js';
import { ReportReadsController } from '../reports/report-reads.controller.js';
import { ReportingController } from '../agendas/reporting.controller.js';
import { StateReadsController } from '../states/state-reads.controller.js';
import { VerificationDesk } from '../verifications/verification-desk.js';
import { VerificationsController } from '../verifications/verifications.controller.js';
import { Reader } from './reader.js';

/** Every door that answers questions. */
@Module({})
export class ReadsModule {
  static on(model: ReadModel, desk: ProjectionDesk, ledger: LedgerDesk, verifications: VerificationDesk, deliveries: DeliveryDesk, documents: DocumentsDesk): DynamicModule {
    return {
      module: ReadsModule,
      controllers: [
        AgendaReadsController,
        ReportingController,
        ChangesController,
        PriorityReadsController,
        CommitmentReadsController,
        BodyReadsController,
        StateReadsController,
        ReportReadsController,
        EditionReadsController,
        DeliveriesController,
        DocumentsController,
        ChannelsController,
        HistoryController,
        AccessRecordsController,
        // Before the one by which an event is read by its id.
        LiveEventsController,
        EventsController,
        LedgerController,
        WitnessesController,
        ProjectionsController,
        VerificationsController,
      ],
      providers: [
        { provide: ReadModel, useValue: model },
        { provide: ProjectionDesk, useValue: desk },
        { provide: LedgerDesk, useValue: ledger },
        { provide: VerificationDesk, useValue: verifications },
        { provide: DeliveryDesk, useValue: deliveries },
        { provide: DocumentsDesk, useValue: documents },
        Reader,
        Trail,
        LiveLimits,
      ],
    };
  }
}
