import type { TestService } from './service.js';

type Opened = { readonly memberStates: readonly string[]; readonly reportingPeriods?: readonly object[] };
type Done = { readonly id: string; readonly position: string };

/** What a command was answered with. @throws {Error} it was refused */
export async function done(answer: Promise<{ status: number; text: string; body: Done }>): Promise<Done> {
  const { status, text, body } = await answer;
  if (status >= 300) throw new Error(`${status} ${text}`);
  return body;
}

/** Opens the agenda `a` with one priority and one commitment. */
export async function openSmallAgenda(service: TestService, { memberStates, reportingPeriods = [] }: Opened): Promise<Done> {
  const chair = service.as({ role: 'chair' });
  const term = { from: '2024-01-01', to: '2024-12-31' };
  await done(chair.post('/v1/agendas', { id: 'a', organisation: 'ОДКБ', chair: memberStates[0], title: { ru: 'Повестка', en: 'Agenda' }, term, memberStates, reportingPeriods }));
  await done(chair.post('/v1/agendas/a/priorities', { number: 1, title: { ru: 'Приоритет', en: 'Priority' } }));
  return done(chair.post('/v1/priorities/a.1/commitments', { number: 1, text: { ru: 'Обязательство', en: 'Commitment' } }));
}
