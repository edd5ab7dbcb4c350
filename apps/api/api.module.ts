import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, DiscoveryModule, Reflector } from '@nestjs/core';
import { AccessGuard } from './access/access-guard.js';
import { EveryRouteDeclares } from './access/every-route-declares.js';
import { AgendaCommandsController } from './agendas/agenda-commands.controller.js';
import { BodyCommandsController } from './bodies/body-commands.controller.js';
import { CommitmentCommandsController } from './commitments/commitment-commands.controller.js';
import { CommitmentLifecycleController } from './commitments/commitment-lifecycle.controller.js';
import { EditionCommandsController } from './editions/edition-commands.controller.js';
import { OperationsController } from './operations/operations.controller.js';
import { API_PARTS, type ApiParts } from './parts.js';
import { PriorityCommandsController } from './priorities/priority-commands.controller.js';
import { ProblemFilter } from './problems/problem-filter.js';
import { ProblemPagesController } from './problems/problem-pages.controller.js';
import { ReportCommandsController } from './reports/report-commands.controller.js';
import { DeadlineInterceptor } from './request/deadline.js';
import { JsonBodyInterceptor } from './request/json-body.js';
import { NegotiationGuard } from './request/negotiation.js';
import { RequestValidation } from './validation/request-validation.js';

/** Every door of the service, and what all of them have in common. */
@Module({})
export class ApiModule {
  static on(parts: ApiParts): DynamicModule {
    const { bodyLimit, deadline } = parts.settings;
    return {
      module: ApiModule,
      imports: [DiscoveryModule, ...parts.modules],
      controllers: [
        AgendaCommandsController,
        BodyCommandsController,
        PriorityCommandsController,
        CommitmentCommandsController,
        CommitmentLifecycleController,
        ReportCommandsController,
        EditionCommandsController,
        OperationsController,
        ProblemPagesController,
      ],
      providers: [
        { provide: API_PARTS, useValue: parts },
        EveryRouteDeclares,
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_GUARD, useClass: NegotiationGuard },
        { provide: APP_INTERCEPTOR, useFactory: (reflector: Reflector) => new DeadlineInterceptor(reflector, deadline), inject: [Reflector] },
        { provide: APP_INTERCEPTOR, useFactory: () => new JsonBodyInterceptor(bodyLimit) },
        { provide: APP_PIPE, useClass: RequestValidation },
      ],
    };
  }
}
