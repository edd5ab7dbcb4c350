import type {
  ActorRole, AgendaLifecycle, AssignmentRole, BodyKind, BodyLifecycle, CommitmentLifecycle, Delivery, DeliveryChannel, EditionPurpose, Grade, Language, Participation,
  Position, PriorityLifecycle, ReportStatus,
} from '../vocabulary.js';
import { label, type Label } from './label.js';

type Labels<Word extends string> = Readonly<Record<Word, Label>>;

export const ROLE_LABELS: Labels<ActorRole> = {
  chair: label('Председательство', 'Төрағалық', 'Chairmanship'),
  secretariat: label('Секретариат', 'Хатшылық', 'Secretariat'),
  liaison: label('Представитель государства', 'Мемлекет өкілі', 'Liaison'),
  body: label('Представитель органа', 'Орган өкілі', 'Focal point'),
  auditor: label('Аудитор', 'Аудитор', 'Auditor'),
  operator: label('Оператор', 'Оператор', 'Operator'),
  service: label('Служба', 'Қызмет', 'Service'),
};

export const LANGUAGE_LABELS: Labels<Language> = {
  ru: label('русский', 'орыс тілі', 'Russian'),
  kk: label('казахский', 'қазақ тілі', 'Kazakh'),
  en: label('английский', 'ағылшын тілі', 'English'),
};

export const AGENDA_LIFECYCLE_LABELS: Labels<AgendaLifecycle> = {
  open: label('открыта', 'ашық', 'open'),
  closed: label('закрыта', 'жабық', 'closed'),
};

export const BODY_LIFECYCLE_LABELS: Labels<BodyLifecycle> = {
  active: label('действует', 'жұмыс істейді', 'active'),
  retired: label('упразднён', 'таратылған', 'retired'),
};

export const PRIORITY_LIFECYCLE_LABELS: Labels<PriorityLifecycle> = {
  proposed: label('предложен', 'ұсынылған', 'proposed'),
  agreed: label('согласован', 'келісілген', 'agreed'),
  withdrawn: label('снят', 'алынған', 'withdrawn'),
};

export const COMMITMENT_LIFECYCLE_LABELS: Labels<CommitmentLifecycle> = {
  proposed: label('предложено', 'ұсынылған', 'proposed'),
  agreed: label('согласовано', 'келісілген', 'agreed'),
  suspended: label('приостановлено', 'тоқтатыла тұрған', 'suspended'),
  fulfilled: label('выполнено', 'орындалған', 'fulfilled'),
  'partly-fulfilled': label('выполнено частично', 'ішінара орындалған', 'partly fulfilled'),
  'not-fulfilled': label('не выполнено', 'орындалмаған', 'not fulfilled'),
  'carried-over': label('перенесено в другую повестку', 'басқа күн тәртібіне көшірілген', 'carried over'),
  withdrawn: label('снято', 'алынған', 'withdrawn'),
};

export const REPORT_STATUS_LABELS: Labels<ReportStatus> = {
  submitted: label('представлен', 'ұсынылған', 'submitted'),
  returned: label('возвращён', 'қайтарылған', 'returned'),
  accepted: label('принят', 'қабылданған', 'accepted'),
};

export const PARTICIPATION_LABELS: Labels<Participation> = {
  participating: label('участвует', 'қатысады', 'participating'),
  suspended: label('приостановило участие', 'қатысуын тоқтата тұрған', 'suspended'),
  'not-participating': label('не участвует', 'қатыспайды', 'not participating'),
};

export const BODY_KIND_LABELS: Labels<BodyKind> = {
  council: label('совет', 'кеңес', 'council'),
  committee: label('комитет', 'комитет', 'committee'),
  secretariat: label('секретариат', 'хатшылық', 'secretariat'),
  'working-group': label('рабочая группа', 'жұмыс тобы', 'working group'),
  representative: label('представитель', 'өкіл', 'representative'),
  forces: label('силы', 'күштер', 'forces'),
  partner: label('партнёр', 'серіктес', 'partner'),
};

export const ASSIGNMENT_ROLE_LABELS: Labels<AssignmentRole> = {
  lead: label('головной исполнитель', 'жетекші орындаушы', 'lead'),
  supporting: label('соисполнитель', 'бірлескен орындаушы', 'supporting'),
};

export const DELIVERY_LABELS: Labels<Delivery> = {
  'not-started': label('не начато', 'басталмаған', 'not started'),
  'on-track': label('идёт по плану', 'жоспар бойынша', 'on track'),
  delayed: label('с задержкой', 'кешігуде', 'delayed'),
  blocked: label('остановлено препятствием', 'кедергіге тірелген', 'blocked'),
  completed: label('завершено', 'аяқталған', 'completed'),
};

export const GRADE_LABELS: Labels<Grade> = {
  'no-evidence': label('нет подтверждений', 'дәлел жоқ', 'no evidence'),
  'not-started': label('не начато', 'басталмаған', 'not started'),
  limited: label('ограниченный прогресс', 'шектеулі ілгерілеу', 'limited'),
  substantial: label('существенный прогресс', 'елеулі ілгерілеу', 'substantial'),
  complete: label('выполнено полностью', 'толық орындалған', 'complete'),
};

export const EDITION_PURPOSE_LABELS: Labels<EditionPurpose> = {
  'for-consideration': label('на рассмотрение', 'қарауға', 'for consideration'),
  adopted: label('принятая повестка', 'қабылданған күн тәртібі', 'as adopted'),
  progress: label('о ходе выполнения', 'орындалу барысы туралы', 'on progress'),
  final: label('итоговое', 'қорытынды', 'final'),
};

export const DELIVERY_CHANNEL_LABELS: Labels<DeliveryChannel> = {
  webhook: label('вебхук', 'вебхук', 'webhook'),
  email: label('электронная почта', 'электрондық пошта', 'e-mail'),
  pull: label('получено самим государством', 'мемлекеттің өзі алған', 'fetched by the state'),
};

export const POSITION_LABELS: Labels<Position> = {
  'no-objection': label('возражений нет', 'қарсылық жоқ', 'no objection'),
  reservation: label('оговорка', 'ескертпемен', 'reservation'),
  objection: label('возражение', 'қарсылық', 'objection'),
  'not-participating': label('не участвует', 'қатыспайды', 'not participating'),
};

export const DELIVERY_OUTCOME_LABELS: Labels<'delivered' | 'failed'> = {
  delivered: label('доставлено', 'жеткізілді', 'delivered'),
  failed: label('не доставлено', 'жеткізілмеді', 'failed'),
};
