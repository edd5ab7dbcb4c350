import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import type { ReadReq } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import { BEGINNING, type Position } from '#event-store/event-store.js';

const { Options } = streams.ReadReq;
const { FilterOptions } = Options;

/** How many events the server looks at in one go for those that pass a filter. */
export const SEARCH_WINDOW = 500;

const empty = () => new shared.Empty();

function request(options: ReadReq.Options, limit: number): ReadReq {
  options.setCount(String(limit));
  options.setResolveLinks(false);
  options.setUuidOption(new Options.UUIDOption().setString(empty()));
  return new streams.ReadReq().setOptions(options);
}

/** Up to `limit` events of a stream from a revision on. */
export function streamFrom(stream: string, revision: number, limit: number): ReadReq {
  const name = new shared.StreamIdentifier().setStreamName(Buffer.from(stream, 'utf8').toString('base64'));
  const from = new Options.StreamOptions().setStreamIdentifier(name).setRevision(String(revision));
  return request(new Options().setStream(from).setNoFilter(empty()).setReadDirection(Options.ReadDirection.FORWARDS), limit);
}

/** Up to `limit` events from a position on, that at the position included, of the streams whose names begin so. */
export function allFrom(position: Position, prefix: string, limit: number): ReadReq {
  const from = new Options.AllOptions();
  if (position === BEGINNING) from.setStart(empty());
  else from.setPosition(new Options.Position().setCommitPosition(position).setPreparePosition(position));
  return request(ofPrefix(prefix).setAll(from).setReadDirection(Options.ReadDirection.FORWARDS), limit);
}

/** The last event of the streams whose names begin so. */
export function lastOf(prefix: string): ReadReq {
  const from = new Options.AllOptions().setEnd(empty());
  return request(ofPrefix(prefix).setAll(from).setReadDirection(Options.ReadDirection.BACKWARDS), 1);
}

const ofPrefix = (prefix: string): ReadReq.Options =>
  new Options().setFilter(
    new FilterOptions()
      .setStreamIdentifier(new FilterOptions.Expression().setPrefixList([prefix]))
      .setMax(SEARCH_WINDOW)
      .setCheckpointintervalmultiplier(1),
  );
