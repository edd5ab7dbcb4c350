import { Line, Prose } from './fields.js';

/** A name or title in its languages. Russian is the authentic text; the others may be absent. */
export class LocalisedLine {
  @Line({ max: 500, example: 'Военное сотрудничество' })
  ru!: string;

  @Line({ max: 500, optional: true, example: 'Әскери ынтымақтастық' })
  kk?: string;

  @Line({ max: 500, optional: true, example: 'Military cooperation' })
  en?: string;
}

/** A text of some length in its languages. Russian is the authentic text; the others may be absent. */
export class LocalisedProse {
  @Prose({ max: 5_000, example: 'Завершить формирование правовой базы оперативного развёртывания Коллективных сил.' })
  ru!: string;

  @Prose({ max: 5_000, optional: true, example: 'Ұжымдық күштерді жедел өрістетудің құқықтық базасын қалыптастыруды аяқтау.' })
  kk?: string;

  @Prose({ max: 5_000, optional: true, example: 'Complete the legal framework for the operational deployment of the Collective Forces.' })
  en?: string;
}
