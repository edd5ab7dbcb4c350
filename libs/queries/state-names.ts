import type { LocalisedText, StateCode } from '#domain/values.js';

const names = (language: string) => new Intl.DisplayNames([language], { type: 'region', fallback: 'code' });
const [ru, kk, en] = [names('ru'), names('kk'), names('en')];

/** A state's name as Unicode's CLDR has it; its code where CLDR knows none. */
export const stateName = (state: StateCode): LocalisedText => ({
  ru: ru.of(state) ?? state,
  kk: kk.of(state) ?? state,
  en: en.of(state) ?? state,
});
