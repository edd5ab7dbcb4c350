import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#platform/package-root.js';
import { parseAgendaFile } from './parse.js';
import { agendaCommands, type LoadingCommand } from './steps.js';

const commandsOf = (name: string): readonly LoadingCommand[] =>
  agendaCommands(parseAgendaFile(readFileSync(join(packageRoot(), 'agendas', name), 'utf8'), name));

const said = ({ type, data }: LoadingCommand): string => {
  const about = 'commitmentId' in data ? data.commitmentId : 'priorityId' in data ? data.priorityId : 'bodyId' in data ? data.bodyId : data.agendaId;
  const detail = 'body' in data ? ` ${data.body} ${data.role}` : 'milestoneId' in data ? ` ${data.milestoneId}` : 'state' in data ? ` ${data.state}` : '';
  return `${type} ${about}${detail}`;
};

it('says each thing after what it rests on', () => {
  expect(commandsOf('example.yaml').map(said)).toEqual([
    'RegisterBody council',
    'RegisterBody water-experts',
    'OpenAgenda example-2030',
    'RecordParticipation example-2030 XC',
    'ProposePriority example-2030.1',
    'AssignPriority example-2030.1 council lead',
    'AgreePriority example-2030.1',
    'ProposeCommitment example-2030.1.1',
    'AssignCommitment example-2030.1.1 water-experts lead',
    'AssignCommitment example-2030.1.1 council supporting',
    'SetMilestone example-2030.1.1 data',
    'SetMilestone example-2030.1.1 draft',
    'AgreeCommitment example-2030.1.1',
    'ProposePriority example-2030.2',
  ]);
});

it('carries what the file says into the command, and no more', () => {
  const commands = commandsOf('example.yaml');
  expect(commands.find(({ type }) => type === 'OpenAgenda')?.data).toEqual({
    agendaId: 'example-2030',
    organisation: 'Example Organisation',
    chair: 'XA',
    title: { ru: 'Повестка председательства на 2030 год (пример)', en: 'Agenda of the 2030 chairmanship (an example)' },
    term: { from: '2030-07-01', to: '2031-06-30' },
    memberStates: ['XA', 'XB', 'XC'],
    reportingPeriods: [
      { id: 'first-half', from: '2030-07-01', to: '2030-12-31', due: '2031-01-15' },
      { id: 'second-half', from: '2031-01-01', to: '2031-06-30', due: '2031-07-15' },
    ],
  });
  expect(commands.find(({ type }) => type === 'ProposeCommitment')?.data).toEqual({
    commitmentId: 'example-2030.1.1',
    priorityId: 'example-2030.1',
    agendaId: 'example-2030',
    number: 1,
    text: { ru: 'Публиковать ежегодный доклад о состоянии рек', en: 'Publish a yearly report on the state of the rivers' },
    due: '2031-05-31',
    instruments: [{ title: { ru: 'Конвенция о наблюдении за реками', en: 'Convention on the Monitoring of Rivers' }, date: '2012-05-04' }],
    source: 'Paragraph 3 of the address',
  });
  expect(commands.at(-1)?.data).toEqual({
    priorityId: 'example-2030.2',
    agendaId: 'example-2030',
    number: 2,
    title: { ru: 'Приграничная торговля', en: 'Trade across the border' },
  });
});

it('takes 47 commands to load csto-2024: ten bodies, the agenda, seven priorities, twelve commitments and their carriers', () => {
  const commands = commandsOf('csto-2024.yaml');
  const count = (type: LoadingCommand['type']) => commands.filter((command) => command.type === type).length;
  expect(count('RegisterBody')).toBe(10);
  expect(count('OpenAgenda')).toBe(1);
  expect(count('ProposePriority')).toBe(7);
  expect(count('ProposeCommitment')).toBe(12);
  expect(count('AssignPriority')).toBe(7);
  expect(count('AssignCommitment')).toBe(10);
  expect(commands).toHaveLength(47);
});
