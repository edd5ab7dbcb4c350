import type { AgendaCommand } from './agenda/commands.js';
import type { BodyCommand } from './body/commands.js';
import type { CommitmentCommand } from './commitment/commands.js';
import type { EditionCommand } from './edition/commands.js';
import type { PriorityCommand } from './priority/commands.js';
import type { ReportCommand } from './report/commands.js';

/** Every command that the domain knows. */
export type Command = AgendaCommand | BodyCommand | PriorityCommand | CommitmentCommand | ReportCommand | EditionCommand;
