import type { Agenda } from '../agenda-heading.js';
import type { LapsedPayload, ReturnedPayload } from '../payload.js';
import type { Language } from '#domain/vocabulary.js';
import { noAttachments, paragraphs, type Letter, type Said } from './letter.js';

/** A report came back to its reporter. */
export function returnedLetter(agendaId: string, payload: ReturnedPayload, agenda: Agenda, madeAt: string): Letter {
  return letter('report.returned', agendaId, payload, agenda, madeAt, RETURNED, (language) => `${REASON[language]} ${payload.reason}`);
}

/** What a report was made on was amended, and with that its acceptance lapsed. */
export function lapsedLetter(agendaId: string, payload: LapsedPayload, agenda: Agenda, madeAt: string): Letter {
  return letter('report.acceptance-lapsed', agendaId, payload, agenda, madeAt, LAPSED, (language) => PLEASE[language]);
}

function letter(
  type: string,
  agendaId: string,
  payload: LapsedPayload,
  agenda: Agenda,
  madeAt: string,
  heading: Said,
  then: (language: Language) => string,
): Letter {
  const { subject, title, period } = payload;
  return {
    type,
    timestamp: madeAt,
    data: { agenda: agendaId, ...payload },
    subject: (language) => `${agenda.organisation}: ${heading[language]} — ${subject}, ${period}`,
    text: (language) => paragraphs(language, `${agenda.title[language] ?? agenda.title.ru}. ${heading[language]}: ${subject}, ${period}`, title[language] ?? title.ru, then(language)),
    attachments: noAttachments,
  };
}

const RETURNED: Said = { ru: 'отчёт возвращён', kk: 'есеп қайтарылды', en: 'report returned' };
const LAPSED: Said = { ru: 'принятие отчёта утратило силу', kk: 'есептің қабылдануы күшін жойды', en: 'acceptance of a report lapsed' };
const REASON: Said = { ru: 'Причина:', kk: 'Себебі:', en: 'The reason:' };
const PLEASE: Said = {
  ru: 'Текст был изменён после представления отчёта. Просим проверить отчёт и представить его заново.',
  kk: 'Есеп ұсынылғаннан кейін мәтін өзгертілді. Есепті тексеріп, қайта ұсынуыңызды сұраймыз.',
  en: 'The text was amended after the report had been made. Please look at the report again and submit it anew.',
};
