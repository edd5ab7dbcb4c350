import type { Agenda } from '../agenda-heading.js';
import { EDITION_PURPOSE_LABELS } from '#domain/labels/words.js';
import type { Language } from '#domain/vocabulary.js';
import type { Edition } from '#queries/editions.js';
import { paragraphs, type Attachment, type Letter } from './letter.js';

/** Documents that go with the edition, where the service makes them. */
export type AttachedDocuments = (edition: Edition, language: Language) => Promise<readonly Attachment[]>;

export function editionLetter(edition: Edition, agenda: Agenda, content: Uint8Array, documents: AttachedDocuments): Letter {
  const { id, number, purpose, digest, silence_deadline: silenceDeadline } = edition;
  return {
    type: 'edition.dispatched',
    timestamp: edition.dispatched_at,
    data: {
      edition: id,
      agenda: edition.agenda,
      number,
      purpose,
      digest,
      silenceDeadline,
      acknowledgement: `/v1/editions/${id}/acknowledgement`,
      positions: `/v1/editions/${id}/positions`,
      // As a text, so that its UTF-8 bytes are those that the digest is of.
      content: Buffer.from(content).toString('utf8'),
    },
    subject: (language) => `${agenda.organisation}: ${agenda.title[language] ?? agenda.title.ru} — ${NUMBER[language](number)} (${EDITION_PURPOSE_LABELS[purpose][language]})`,
    text: (language) => {
      const say = WORDS[language];
      return paragraphs(
        language,
        say.sent(agenda.title[language] ?? agenda.title.ru, NUMBER[language](number)),
        silenceDeadline !== null && say.silence(`${silenceDeadline.slice(0, 10)} ${silenceDeadline.slice(11, 16)} UTC`),
        `${say.digest}\n${digest}`,
        `${say.answer}\nPOST /v1/editions/${id}/acknowledgement\nPOST /v1/editions/${id}/positions`,
      );
    },
    attachments: async (language) => [
      { filename: `${id}.json`, contentType: 'application/json', content },
      ...(await documents(edition, language)),
    ],
  };
}

const NUMBER: Readonly<Record<Language, (number: number) => string>> = {
  ru: (number) => `издание № ${number}`,
  kk: (number) => `№ ${number} басылым`,
  en: (number) => `edition No. ${number}`,
};

const WORDS: Readonly<Record<Language, { sent(title: string, number: string): string; silence(until: string): string; digest: string; answer: string }>> = {
  ru: {
    sent: (title, number) => `Направляем повестку «${title}», ${number}.`,
    silence: (until) => `Действует процедура умолчания: если до ${until} позиция не заявлена, считается, что возражений нет.`,
    digest: 'Контрольная сумма приложенного файла (SHA-256):',
    answer: 'Подтвердить получение и заявить позицию можно через интерфейс службы:',
  },
  kk: {
    sent: (title, number) => `«${title}» күн тәртібін жолдаймыз, ${number}.`,
    silence: (until) => `Үнсіз келісу рәсімі қолданылады: ${until} дейін ұстаным білдірілмесе, қарсылық жоқ деп есептеледі.`,
    digest: 'Қоса берілген файлдың бақылау сомасы (SHA-256):',
    answer: 'Алғаныңызды растап, ұстанымыңызды қызмет интерфейсі арқылы білдіре аласыз:',
  },
  en: {
    sent: (title, number) => `Please find attached the agenda “${title}”, ${number}.`,
    silence: (until) => `The silence procedure applies: where no position is stated by ${until}, there is taken to be no objection.`,
    digest: 'The SHA-256 digest of the attached file:',
    answer: 'The receipt is acknowledged, and a position stated, through the interface of the service:',
  },
};
