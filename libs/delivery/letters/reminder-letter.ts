import type { Agenda } from '../agenda-heading.js';
import type { ReminderPayload } from '../payload.js';
import type { Language } from '#domain/vocabulary.js';
import { noAttachments, paragraphs, type Letter, type Said } from './letter.js';

export function reminderLetter(agendaId: string, payload: ReminderPayload, agenda: Agenda, madeAt: string): Letter {
  const { period, due, occasion, owed } = payload;
  const titleIn = (language: Language) => agenda.title[language] ?? agenda.title.ru;
  return {
    type: occasion === 'before-due' ? 'report.due-soon' : 'report.overdue',
    timestamp: madeAt,
    data: { agenda: agendaId, period, due, owed },
    subject: (language) => `${agenda.organisation}: ${HEADINGS[occasion][language]} ${period}, ${due}`,
    text: (language) =>
      paragraphs(
        language,
        `${titleIn(language)}. ${TEXTS[occasion][language].replace('{due}', due).replace('{period}', period)}`,
        owed.map(({ subject, title }) => `• ${subject} — ${title[language] ?? title.ru}`).join('\n'),
      ),
    attachments: noAttachments,
  };
}

const HEADINGS: Readonly<Record<ReminderPayload['occasion'], Said>> = {
  'before-due': { ru: 'приближается срок отчёта за', kk: 'есеп беру мерзімі жақындады:', en: 'report due soon for' },
  'after-due': { ru: 'срок отчёта прошёл за', kk: 'есеп беру мерзімі өтті:', en: 'report overdue for' },
};

const TEXTS: Readonly<Record<ReminderPayload['occasion'], Said>> = {
  'before-due': {
    ru: 'До {due} ожидаются отчёты за период {period}:',
    kk: '{period} кезеңі бойынша есептер {due} дейін күтіледі:',
    en: 'Reports for the period {period} are due by {due}:',
  },
  'after-due': {
    ru: 'Срок отчётов за период {period} истёк {due}. Поздний отчёт принимается с отметкой. Не получены:',
    kk: '{period} кезеңі бойынша есеп беру мерзімі {due} күні өтті. Кешіккен есеп белгімен қабылданады. Алынбағандары:',
    en: 'Reports for the period {period} were due on {due}. A late report is accepted, and marked. Not received:',
  },
};
