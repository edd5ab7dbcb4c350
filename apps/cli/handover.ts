import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Command } from 'commander';
import { readAgendaSteps } from '#commands/agenda-file/read.js';
import type { Step } from '#commands/agenda-file/steps.js';
import type { Freeze } from '#commands/freeze.js';
import { carryOut } from '#commands/handover/carry-out.js';
import { parseHandoverFile } from '#commands/handover/handover-file.js';
import { planHandover, type Handover, type StandingAgenda } from '#commands/handover/plan.js';
import { loadAgenda, streamsOf } from '#commands/load-agenda.js';
import { rehearsalLog } from '#commands/rehearsal-log.js';
import { commandsOn } from '#commands/standalone.js';
import type { ReadSideOfService } from '#composition/open-read-side.js';
import type { Stores } from '#composition/open-stores.js';
import type { Command as DomainCommand } from '#domain/commands.js';
import { editionId, streamOf } from '#domain/identifiers.js';
import { randomId } from '#platform/ids.js';
import { body } from '#projections/bodies.js';
import { readAgenda } from '#queries/agendas.js';
import { listEditions } from '#queries/editions.js';
import { inAllLanguages } from '#queries/language.js';
import { momentOf } from '#queries/moment.js';
import { rowsAt, type Reading } from '#queries/rows.js';
import { withReadSide } from './with-read-side.js';
import { withStores } from './with-stores.js';

type Options = { readonly from: string; readonly to: string; readonly plan: string; readonly execute?: boolean };

export const handoverVerb = () =>
  new Command('handover')
    .description('end an agenda and have the next one go on with what is unfinished; shows what would be done, and does it with --execute')
    .requiredOption('--from <agenda>', 'the agenda that ends')
    .requiredOption('--to <agenda>', 'the agenda that goes on')
    .requiredOption('--plan <handover.yaml>', 'the decision, the outcomes, and the file of the next agenda')
    .option('--execute', 'do it')
    .action(async (options: Options, command: Command) => {
      const file = parseHandoverFile(await readFile(options.plan, 'utf8').catch((error: Error) => command.error(`error: ${options.plan} cannot be read: ${error.message}`)), options.plan);
      const next = file.next === undefined ? [] : await readAgendaSteps(resolve(dirname(options.plan), file.next));
      const opened = next.find(({ command: { type } }) => type === 'OpenAgenda');
      if (opened && idOf(opened.command) !== options.to) command.error(`error: ${file.next} is the agenda ${idOf(opened.command)}, and --to is ${options.to}`);
      await withStores((stores, environment) => withReadSide(stores, environment, (side, freeze) => handOver({ stores, side, freeze }, options, file, next, command)));
    });

type Ground = { readonly stores: Stores; readonly side: ReadSideOfService; readonly freeze: Freeze };

async function handOver({ stores, side, freeze }: Ground, { from, to, execute = false }: Options, file: Handover['file'], next: readonly Step[], command: Command): Promise<void> {
  const known = await standing(side, stores, from);
  if (!known) return command.error(`error: the agenda ${from} was never opened`);
  const opening = (await standing(side, stores, to)) ? [] : next;
  if (opening.length === 0 && !(await standing(side, stores, to))) return command.error(`error: the agenda ${to} is not open, and the plan names no file of it (/next)`);

  const others = await beside(side, stores, from);
  const planFor = (target: StandingAgenda) => planHandover({ from: known, to: target, file, ...others });
  const { obstacles } = planFor((await standing(side, stores, to)) ?? asFileHasIt(to, opening));
  for (const obstacle of obstacles) console.error(`obstacle  ${obstacle}`);
  if (obstacles.length > 0) return void (process.exitCode = 1);

  const log = execute ? stores.store : await rehearsalLog(stores.store, [...streamsOf(opening), ...(await streamsUnder(side, stores, [from, to]))], stores.clock);
  const commands = await commandsOn({ ...stores, store: log, freeze: execute ? freeze : rehearsedFreeze });
  for await (const loaded of loadAgenda(commands, opening, `handover-${randomId()}`)) {
    tell(execute, loaded.step.command, loaded.outcome === 'refused' ? `${loaded.rejection.code}: ${loaded.rejection.detail}` : undefined);
    if (loaded.outcome === 'refused') return void (process.exitCode = 1);
  }
  const { commands: plan } = planFor((await standing(side, stores, to)) ?? asFileHasIt(to, opening));

  let done = opening.length;
  for await (const one of carryOut(commands, plan, [from, to])) {
    tell(execute, one.command, one.rejection && `${one.rejection.code}: ${one.rejection.detail}`, one.id);
    if (one.rejection) return void (process.exitCode = 1);
    done += 1;
  }
  if (done === 0) console.log(`Nothing is left to do: ${from} was handed over to ${to}.`);
  else console.log(execute ? `${done} commands: ${from} is handed over to ${to}.` : `${done} commands would hand ${from} over to ${to}. Nothing was recorded; --execute does it.`);
}

function tell(execute: boolean, command: DomainCommand, refusal: string | undefined, id = idOf(command)): void {
  const { data } = command;
  const more = 'to' in data ? ` → ${data.to}` : 'outcome' in data ? `: ${data.outcome}` : 'carriedOverFrom' in data && data.carriedOverFrom ? ` ← ${data.carriedOverFrom}` : 'body' in data ? ` ${data.body}` : '';
  const line = `${command.type} ${id}${more}`;
  if (refusal !== undefined) console.error(`refused   ${line}: ${refusal}`);
  else console.log(`${execute ? 'recorded ' : 'would be '} ${line}`);
}

function idOf({ data }: DomainCommand): string {
  const ids = data as { commitmentId?: string; priorityId?: string; bodyId?: string; agendaId?: string };
  return ids.commitmentId ?? ids.priorityId ?? ids.bodyId ?? ids.agendaId ?? '';
}

async function now({ model }: ReadSideOfService, { store }: Stores): Promise<Reading> {
  const minPosition = await store.head();
  return { db: model.side.db, at: await momentOf(model.side, { minPosition }), viewer: { seesAll: false } };
}

async function standing(side: ReadSideOfService, stores: Stores, id: string): Promise<StandingAgenda | undefined> {
  const agenda = await readAgenda(await now(side, stores), id);
  return agenda && inAllLanguages(agenda);
}

async function beside(side: ReadSideOfService, stores: Stores, agenda: string) {
  const reading = await now(side, stores);
  const [bodies, editions] = await Promise.all([rowsAt(reading, body, { where: { retired: true } }), listEditions(reading, { agenda, purpose: 'final' }, { limit: 1 })]);
  return { retired: new Set(bodies.map(({ id }) => id)), isFinalEditionSent: editions.length > 0 };
}

/** Every stream that a handover may write to or rest on. */
async function streamsUnder(side: ReadSideOfService, stores: Stores, agendas: readonly string[]): Promise<string[]> {
  const reading = await now(side, stores);
  const bodies = (await rowsAt(reading, body)).map(({ id }) => streamOf.body(id));
  const under = await Promise.all(
    agendas.map(async (id) => {
      const agenda = await standing(side, stores, id);
      const editions = await listEditions(reading, { agenda: id }, { limit: 500 });
      return [
        streamOf.agenda(id),
        ...(agenda?.priorities ?? []).flatMap((priority) => [streamOf.priority(priority.id), ...priority.commitments.map((one) => streamOf.commitment(one.id))]),
        ...editions.map(({ number }) => streamOf.edition(editionId(id, number))),
      ];
    }),
  );
  return [...bodies, ...under.flat()];
}

/** The next agenda as it will stand once its file is loaded. */
function asFileHasIt(id: string, steps: readonly Step[]): StandingAgenda {
  const data = <Type extends DomainCommand['type']>(type: Type) =>
    steps.flatMap(({ command }) => (command.type === type ? [command.data as unknown as Extract<DomainCommand, { type: Type }>['data']] : []));
  const nothing = { instruments: [], source: null, bodies: [] };
  return {
    id,
    lifecycle: 'open',
    term: data('OpenAgenda')[0]!.term,
    priorities: data('ProposePriority').map(({ priorityId, number, title }) => ({
      ...nothing,
      id: priorityId,
      number,
      title,
      summary: null,
      lifecycle: 'proposed',
      commitments: data('ProposeCommitment')
        .filter((one) => one.priorityId === priorityId)
        .map((one) => ({ ...nothing, id: one.commitmentId, number: one.number, text: one.text, lifecycle: 'proposed', due: null, milestones: [], carriedOverFrom: one.carriedOverFrom ?? null })),
    })),
  };
}

const rehearsedFreeze: Freeze = (edition) =>
  Promise.resolve({ editionId: edition.editionId, number: edition.number, logPosition: '0', digest: '0'.repeat(64), priorities: 1 });
