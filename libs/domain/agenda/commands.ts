import type { DomainCommand } from '../decider.js';
import type { AgendaClosed, AgendaOpened, ParticipationRecorded } from './events.js';

export type OpenAgenda = DomainCommand<'OpenAgenda', AgendaOpened['data']>;
export type RecordParticipation = DomainCommand<'RecordParticipation', ParticipationRecorded['data']>;
export type CloseAgenda = DomainCommand<'CloseAgenda', AgendaClosed['data']>;

export type AgendaCommand = OpenAgenda | RecordParticipation | CloseAgenda;
