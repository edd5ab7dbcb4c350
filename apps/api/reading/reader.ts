import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor } from '#queries/cursor.js';
import { inLanguage } from '#queries/language.js';
import { MomentInFuture, momentOf, type Moment } from '#queries/moment.js';
import { ReadModel } from '#queries/read-model.js';
import type { Reading } from '#queries/rows.js';
import { viewerOf } from '#queries/viewer.js';
import { Problem } from '../problems/problem.js';
import type { ProblemCode } from '../problems/catalogue.js';
import { languageOf, documentText, type Exchange } from './exchange.js';
import { askedMoment, type ListQuestion, type Question } from './question.js';

type Part = string | number;

/** How a list is paged: rows after a place, and the place of a row. */
export type Listing<Item> = {
  readonly read: (reading: Reading, page: { after?: readonly Part[]; limit: number }) => Promise<readonly Item[] | undefined>;
  readonly placeOf: (item: Item) => readonly Part[];
  /** An example of a place, by which cursors are checked. */
  readonly place: readonly Part[];
  /** What the answer says beside its items. */
  readonly beside?: object;
};

/** Answers reads: at the moment asked for, in one language, with an entity tag, page by page. */
@Injectable()
export class Reader {
  constructor(private readonly model: ReadModel) {}

  /** @param absent what is said where the read finds nothing */
  async answer(
    exchange: Exchange,
    question: Question,
    absent: ProblemCode,
    read: (reading: Reading) => Promise<object | undefined>,
  ): Promise<string> {
    const at = await this.momentOf(question);
    const document = await read(this.reading(exchange, at));
    if (!document) throw new Problem(absent, `There was none at position ${at.position}, or none that you may know.`);
    return this.send(exchange, question, at, document);
  }

  async list<Item>(exchange: Exchange, question: ListQuestion, listing: Listing<Item>, absent: ProblemCode = 'ROUTE_UNKNOWN'): Promise<string> {
    const { limit, cursor } = question;
    const list = identityOf(exchange);
    const start = cursor === undefined ? undefined : decodeCursor(list, cursor, listing.place);
    if (cursor !== undefined && !start) throw parameterProblem('cursor', 'is not a cursor of this list with these filters');
    const at = await (start && question.asOf === undefined
      ? this.momentOf({ ...question, asOf: start.position }, 'cursor')
      : this.momentOf(question));
    const items = await listing.read(this.reading(exchange, at), { limit: limit + 1, ...(start && { after: start.after }) });
    if (!items) throw new Problem(absent, `There was none at position ${at.position}, or none that you may know.`);
    const page = items.slice(0, limit);
    const next =
      items.length > limit
        ? { next: encodeCursor(list, { position: at.position, after: listing.placeOf(page.at(-1)!) }) }
        : {};
    return this.send(exchange, question, at, { ...listing.beside, items: page, ...next });
  }

  /** @param parameter by which the moment is asked for */
  async momentOf(question: Question, parameter = 'asOf'): Promise<Moment> {
    try {
      return await momentOf(this.model.side, askedMoment(question));
    } catch (error) {
      if (!(error instanceof MomentInFuture)) throw error;
      throw new Problem('MOMENT_IN_FUTURE', error.message, { errors: [{ parameter, detail: error.message }], cause: error });
    }
  }

  reading({ request }: Exchange, at: Moment): Reading {
    return { db: this.model.side.db, at, viewer: viewerOf(request.actor!) };
  }

  /** The text to be sent; its headers are set. */
  send(exchange: Exchange, question: Question, at: Moment, document: object): string {
    const language = languageOf(exchange.request, question.lang);
    const { document: inOne, fallbacks } = inLanguage(document, language);
    exchange.response.set({ 'Log-Position': at.position, 'Content-Language': fallbacks.length > 0 ? `${language}, ru` : language });
    return documentText(exchange, {
      ...inOne,
      language,
      ...(fallbacks.length > 0 && { fallbacks }),
      position: at.position,
      moment: at.time,
      date: at.date,
    });
  }
}

/** A list is its door with its filters; how it is paged, in which language and from when on does not make it another. */
function identityOf({ request }: Exchange): string {
  const address = new URL(request.originalUrl, 'http://list');
  for (const name of ['cursor', 'limit', 'lang', 'minPosition']) address.searchParams.delete(name);
  address.searchParams.sort();
  return address.pathname + address.search;
}

export function parameterProblem(parameter: string, detail: string): Problem {
  return new Problem('PARAMETER_INVALID', `${parameter} ${detail}.`, { errors: [{ parameter, detail }] });
}
