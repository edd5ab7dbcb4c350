import type { Agenda } from './agenda-at.js';
import { stateName } from '#queries/state-names.js';
import type { Moment } from '#queries/moment.js';
import type { Language } from '#domain/vocabulary.js';
import type { Document, DocumentKind, Fact, Section } from '../document.js';
import { writtenDate } from '../words.js';
import { fellBack, plain } from './said.js';
import { SAY } from './words.js';

/** Which edition a document is made of; a working copy where it is of none. */
export type EditionNamed = { readonly number: number; readonly digest: string; readonly checkpoint: string | null };

type Framed = {
  readonly kind: DocumentKind;
  readonly language: Language;
  readonly agenda: Agenda;
  readonly at: Moment;
  readonly edition?: EditionNamed;
  /** What it is about beside the agenda: a state, a body, a thing. */
  readonly about?: string;
  readonly facts?: readonly Fact[];
  readonly sections: readonly Section[];
};

/** A document of an agenda: its cover, its running header, and the truth about where it comes from. */
export function framed({ kind, language, agenda, at, edition, about, facts = [], sections }: Framed): Document {
  const which = edition ? `${SAY.editionNo[language]}\u00a0${edition.number}` : SAY.workingCopy[language];
  const moment = writtenMoment(at.time, language);
  const title = plain(agenda.title, language);
  const fact = (label: keyof typeof SAY, value: string): Fact => ({ label: SAY[label][language], value });
  return {
    kind,
    language,
    title: SAY[kind][language],
    subtitle: about === undefined ? title : `${about}\n${title}`,
    organisation: agenda.organisation,
    runningHeader: `${SAY[kind][language]} · ${which} · ${moment}`,
    facts: [
      fact('chair', plain(stateName(agenda.chair), language)),
      fact('term', `${writtenDate(agenda.term.from, language)} – ${writtenDate(agenda.term.to, language)}`),
      fact('edition', which),
      ...facts,
      fact('moment', moment),
      fact('position', at.position),
      ...(edition ? [fact('digest', edition.digest)] : []),
      ...(edition?.checkpoint ? [fact('checkpoint', edition.checkpoint.trimEnd().split('\n')[2] ?? '')] : []),
    ],
    moment: at.time,
    position: at.position,
    sections: fellBack(sections) ? withRemark(sections, SAY.fallback[language]) : sections,
  };
}

const withRemark = ([first, ...others]: readonly Section[], text: string): readonly Section[] =>
  first ? [{ ...first, blocks: [{ block: 'paragraph', as: 'remark', runs: [{ text }] }, ...first.blocks] }, ...others] : [];

/** To the minute, in UTC. */
export const writtenMoment = (time: string, language: Language): string => `${writtenDate(time.slice(0, 10), language)}, ${time.slice(11, 16)}\u00a0UTC`;
