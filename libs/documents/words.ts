import type { CalendarDate } from '#domain/values.js';
import type { Language } from '#domain/vocabulary.js';

/** What renderers say of their own, in the language of the document. */
type Words = {
  readonly contents: string;
  readonly pageOf: (page: number, pages: number) => string;
  /** Between the two, fields of a word processor stand for the numbers. */
  readonly page: string;
  readonly of: string;
  /** Before the words that stand for a chart. */
  readonly chart: string;
  readonly reached: string;
  readonly notReached: string;
  /** Of a table without rows. */
  readonly nothing: string;
  readonly months: readonly string[];
  readonly quotes: readonly [string, string];
};

export const WORDS: Readonly<Record<Language, Words>> = {
  ru: {
    contents: 'Содержание',
    pageOf: (page, pages) => `с. ${page} из ${pages}`,
    page: 'с.',
    of: 'из',
    chart: 'Диаграмма',
    reached: 'достигнуто',
    notReached: 'не достигнуто',
    nothing: 'Записей нет.',
    months: 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' '),
    quotes: ['«', '»'],
  },
  kk: {
    contents: 'Мазмұны',
    pageOf: (page, pages) => `${page}-бет, барлығы ${pages}`,
    page: 'бет',
    of: '/',
    chart: 'Диаграмма',
    reached: 'қол жеткізілді',
    notReached: 'қол жеткізілген жоқ',
    nothing: 'Жазбалар жоқ.',
    months: 'қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан'.split(' '),
    quotes: ['«', '»'],
  },
  en: {
    contents: 'Contents',
    pageOf: (page, pages) => `page ${page} of ${pages}`,
    page: 'page',
    of: 'of',
    chart: 'Chart',
    reached: 'reached',
    notReached: 'not reached',
    nothing: 'Nothing is recorded.',
    months: 'January February March April May June July August September October November December'.split(' '),
    quotes: ['“', '”'],
  },
};

/** A day as officials write it: `18 марта 2010 г.`, `2010 жылғы 18 наурыз`, `18 March 2010`. */
export function writtenDate(date: CalendarDate, language: Language): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const name = WORDS[language].months[month - 1];
  // No line breaks between the parts of a date.
  const parts = language === 'kk' ? [year, 'жылғы', day, name] : language === 'ru' ? [day, name, year, 'г.'] : [day, name, year];
  return parts.join('\u00a0');
}
