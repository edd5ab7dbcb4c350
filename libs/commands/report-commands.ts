import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { agendaDecider } from '#domain/agenda/decider.js';
import { commitmentDecider } from '#domain/commitment/decider.js';
import { agendaOf, priorityOf, streamOf, subjectKind } from '#domain/identifiers.js';
import { priorityDecider } from '#domain/priority/decider.js';
import type { ReportCommand } from '#domain/report/commands.js';
import { reportDecider } from '#domain/report/decider.js';
import type { ReportState } from '#domain/report/state.js';
import { reject } from '#domain/rejection.js';
import type { CommandAnswer, CommandContext } from './command-context.js';
import { CommandLog } from './command-log.js';
import { execute } from './execute.js';
import { stateOf } from './load.js';

export class ReportEnvelope extends Command<CommandAnswer> {
  constructor(
    readonly command: ReportCommand,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(ReportEnvelope)
export class ReportCommandHandler implements ICommandHandler<ReportEnvelope> {
  constructor(private readonly log: CommandLog) {}

  execute({ command, context }: ReportEnvelope): Promise<CommandAnswer> {
    const { store } = this.log;
    const id = command.data.reportId;
    const facts = async (report: ReportState) => {
      const subject = subjectOf(command, report);
      const [agenda, priority, commitment] = await Promise.all([
        stateOf(store, agendaDecider, streamOf.agenda(agendaOf(subject))),
        stateOf(store, priorityDecider, streamOf.priority(priorityOf(subject))),
        subjectKind(subject) === 'commitment' ? stateOf(store, commitmentDecider, streamOf.commitment(subject)) : undefined,
      ]);
      return { agenda, priority, commitment };
    };
    return execute(this.log, { decider: reportDecider, id, stream: streamOf.report(id), facts }, command, context);
  }
}

/** Only the first command names its subject; the others are about the report that stands. */
function subjectOf(command: ReportCommand, report: ReportState): string {
  if (command.type === 'ReportProgress') return command.data.subject;
  return report?.subject ?? reject('REPORT_UNKNOWN', `${command.data.reportId} was never submitted.`);
}
