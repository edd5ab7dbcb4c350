import type { Agenda } from '../agenda/state.js';
import type { Body } from '../body/state.js';
import type { Commitment } from '../commitment/state.js';
import type { Edition } from '../edition/state.js';
import type { Priority } from '../priority/state.js';
import type { Report } from '../report/state.js';
import type { Language } from '../vocabulary.js';
import { label, type Label } from './label.js';

/** The fields of a record and of the records in it. Entries of maps have names of their own; lists and sets are not looked into. */
type NamesIn<T> =
  T extends ReadonlyMap<string, infer Entry> ? NamesIn<Entry>
  : T extends readonly unknown[] | ReadonlySet<unknown> ? never
  : T extends object ? { [K in keyof T & string]-?: K | NamesIn<T[K]> }[keyof T & string]
  : never;

/** Every field of which a history may tell; what becomes of a text in one language is told by the name of the language. */
export type FieldName = Exclude<NamesIn<Agenda | Body | Priority | Commitment | Report | Edition>, Language | 'everAssigned' | 'submitters'> | 'lapsed';

export const FIELD_LABELS: Readonly<Record<FieldName, Label>> = {
  acceptance: label('принятие', 'қабылдау', 'acceptance'),
  acknowledged: label('получение подтверждено', 'алынғаны расталды', 'acknowledged'),
  agendaId: label('повестка', 'күн тәртібі', 'agenda'),
  agreement: label('согласование', 'келісу', 'agreement'),
  assessment: label('оценка', 'баға', 'assessment'),
  assignments: label('исполнитель', 'орындаушы', 'carried by'),
  body: label('орган', 'орган', 'body'),
  bySilence: label('по умолчанию', 'үнсіз келісім бойынша', 'by silence'),
  carriedOverFrom: label('продолжает', 'жалғастырады', 'carried over from'),
  carryOver: label('перенос', 'көшіру', 'carry-over'),
  chair: label('председательствует', 'төрағалық етеді', 'in the chair'),
  checkpoint: label('контрольная подпись журнала', 'журналдың бақылау қолтаңбасы', 'checkpoint'),
  closure: label('закрытие', 'жабу', 'closure'),
  comment: label('замечание', 'ескертпе', 'comment'),
  date: label('дата', 'күні', 'date'),
  decision: label('решение', 'шешім', 'decision'),
  deliveries: label('доставка', 'жеткізу', 'delivery by channel'),
  delivery: label('ход выполнения', 'орындалу барысы', 'delivery'),
  digest: label('контрольная сумма', 'бақылау сомасы', 'digest'),
  due: label('срок', 'мерзімі', 'due'),
  evidence: label('подтверждения', 'дәлелдер', 'evidence'),
  from: label('с', 'басталуы', 'from'),
  grade: label('степень выполнения', 'орындалу дәрежесі', 'grade'),
  id: label('обозначение', 'белгісі', 'id'),
  instruments: label('документы и механизмы', 'құжаттар мен тетіктер', 'instruments'),
  kind: label('вид', 'түрі', 'kind'),
  language: label('язык', 'тілі', 'language'),
  lapsed: label('принятие утратило силу', 'қабылдау күшін жойды', 'acceptance lapsed'),
  late: label('после срока', 'мерзімнен кейін', 'late'),
  lifecycle: label('состояние', 'күйі', 'lifecycle'),
  lockedFrom: label('закрыт с', 'жабылған күні', 'locked from'),
  logPosition: label('позиция журнала', 'журналдағы орны', 'log position'),
  milestones: label('контрольная точка', 'бақылау кезеңі', 'milestone'),
  names: label('название', 'атауы', 'name'),
  narrative: label('о ходе дел', 'істің барысы', 'narrative'),
  nextSteps: label('дальнейшие шаги', 'келесі қадамдар', 'next steps'),
  note: label('примечание', 'ескерту', 'note'),
  number: label('номер', 'нөмірі', 'number'),
  obstacles: label('препятствия', 'кедергілер', 'obstacles'),
  organisation: label('организация', 'ұйым', 'organisation'),
  outcome: label('итог', 'нәтижесі', 'outcome'),
  paragraph: label('пункт', 'тармақ', 'paragraph'),
  participation: label('участие', 'қатысу', 'participation'),
  participations: label('государство', 'мемлекет', 'state'),
  percent: label('процент выполнения', 'орындалу пайызы', 'percent'),
  period: label('период', 'кезең', 'period'),
  position: label('позиция', 'ұстанымы', 'position'),
  priorityId: label('приоритет', 'басымдық', 'priority'),
  purpose: label('назначение', 'мақсаты', 'purpose'),
  rationale: label('обоснование', 'негіздеме', 'rationale'),
  reached: label('пройдена', 'қол жеткізілді', 'reached'),
  reason: label('причина', 'себебі', 'reason'),
  recipients: label('получатель', 'алушы', 'recipient'),
  reopening: label('повторное открытие', 'қайта ашу', 'reopening'),
  reporter: label('отчитывается', 'есеп беруші', 'reporter'),
  reportingPeriods: label('отчётный период', 'есепті кезең', 'reporting period'),
  resumption: label('возобновление', 'қайта жандандыру', 'resumption'),
  retirement: label('упразднение', 'тарату', 'retirement'),
  returnReason: label('причина возврата', 'қайтару себебі', 'reason for the return'),
  rubricVersion: label('версия шкалы', 'шкала нұсқасы', 'rubric version'),
  silenceDeadline: label('срок процедуры умолчания', 'үнсіз келісу мерзімі', 'silence deadline'),
  size: label('событий в журнале', 'журналдағы оқиғалар саны', 'events in the ledger'),
  source: label('источник', 'дереккөз', 'source'),
  state: label('государство', 'мемлекет', 'state'),
  stated: label('позиция государства', 'мемлекет ұстанымы', 'stated position'),
  status: label('статус', 'мәртебесі', 'status'),
  subject: label('о чём', 'не туралы', 'subject'),
  summary: label('изложение', 'мазмұны', 'summary'),
  suspension: label('приостановление', 'тоқтата тұру', 'suspension'),
  term: label('срок председательства', 'төрағалық мерзімі', 'term'),
  text: label('текст', 'мәтіні', 'text'),
  textVersion: label('редакция текста', 'мәтін редакциясы', 'text version'),
  title: label('название', 'атауы', 'title'),
  to: label('по', 'аяқталуы', 'to'),
  withdrawal: label('снятие', 'алып тастау', 'withdrawal'),
};
