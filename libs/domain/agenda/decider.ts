import type { Decider } from '../decider.js';
import { reject } from '../rejection.js';
import { unlessSaid } from '../repeat.js';
import type { AgendaCommand, OpenAgenda } from './commands.js';
import type { AgendaEvent } from './events.js';
import { evolveAgenda, type Agenda, type AgendaState } from './state.js';

/** It rests on nothing but itself: there are no facts to know. */
export const agendaDecider: Decider<AgendaState, AgendaCommand, AgendaEvent, object> = {
  initial: undefined,
  evolve: evolveAgenda,
  decide(state, command) {
    if (command.type === 'OpenAgenda') return open(state, command);
    const agenda = requireKnownAgenda(state);
    const settle = unlessSaid(evolveAgenda, state);
    const { type, data } = command;
    switch (type) {
      case 'RecordParticipation':
        requireOpenAgenda(agenda);
        requireMember(agenda, data.state, '/state');
        return settle({ type: 'ParticipationRecorded', data });
      case 'CloseAgenda':
        return settle({ type: 'AgendaClosed', data }, () => {
          if (agenda.lifecycle === 'closed') {
            reject('AGENDA_ALREADY_CLOSED', `${agenda.id} was closed under another decision or for another reason.`);
          }
        });
    }
  },
};

/** @throws {DomainRejection} AGENDA_UNKNOWN, AGENDA_CLOSED */
export function requireOpenAgenda(state: AgendaState): Agenda {
  const agenda = requireKnownAgenda(state);
  if (agenda.lifecycle === 'closed')
    reject('AGENDA_CLOSED', `${agenda.id} is closed; nothing under it changes any more.`);
  return agenda;
}

/** @throws {DomainRejection} AGENDA_UNKNOWN */
export const requireKnownAgenda = (state: AgendaState): Agenda => state ?? reject('AGENDA_UNKNOWN', 'The agenda was never opened.');

function requireMember(agenda: Agenda, state: string, field: string): void {
  if (!agenda.participations.has(state))
    reject('STATE_UNKNOWN', `${state} is not a member state of ${agenda.id}.`, field);
}

function open(state: AgendaState, { data }: OpenAgenda): readonly AgendaEvent[] {
  if (state) reject('AGENDA_ALREADY_OPENED', `${state.id} was opened already.`);
  const { term, memberStates, chair } = data;
  if (term.to < term.from) reject('TERM_INVALID', `The term ends on ${term.to}, before it begins.`, '/term/to');
  memberStates.forEach((member, i) => {
    if (memberStates.indexOf(member) < i) reject('STATE_REPEATED', `${member} is named twice.`, `/memberStates/${i}`);
  });
  if (!memberStates.includes(chair))
    reject('STATE_UNKNOWN', `${chair} takes the chair and is no member state.`, '/chair');
  requireSoundPeriods(data);
  return [{ type: 'AgendaOpened', data }];
}

/** A period may reach over the ends of the term, as a closing report does, but some day of it lies within. */
function requireSoundPeriods({ term, reportingPeriods }: OpenAgenda['data']): void {
  const seen = new Set<string>();
  reportingPeriods.forEach(({ id, from, to, due, lockedFrom }, i) => {
    const unsound = (field: string, why: string) =>
      reject('PERIOD_INVALID', `${id}: ${why}`, `/reportingPeriods/${i}/${field}`);
    if (seen.has(id)) unsound('id', 'another period has this id.');
    if (to < from) unsound('to', 'it ends before it begins.');
    if (due < to) unsound('due', 'its reports are due before it ends.');
    if (lockedFrom !== undefined && lockedFrom <= due) unsound('lockedFrom', 'it is locked before the day after its reports are due.');
    if (term.to < from) unsound('from', 'it begins after the term ends.');
    if (to < term.from) unsound('to', 'it ends before the term begins.');
    seen.add(id);
  });
}
