import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isPublic } from './target.js';

/** A name led to an address that is not public: whoever answers for the name would have us call inside. */
export class AddressNotPublic extends Error {
  override readonly name = 'AddressNotPublic';
}

type Resolve = (hostname: string, options: { all: true }, done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void) => void;

/** Resolves names for a socket, so that what was looked at is what is connected to, whatever the name says a moment later. */
export const publicLookup =
  (resolve: Resolve = systemLookup): LookupFunction =>
  (hostname, options: LookupOptions, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const inside = addresses.find(({ address }) => !isPublic(address));
      if (inside) return callback(new AddressNotPublic(`${hostname} is at an address that is not public`), '', 0);
      const [first] = addresses;
      if (options.all) return (callback as unknown as (error: null, addresses: LookupAddress[]) => void)(null, addresses);
      return callback(null, first!.address, first!.family);
    });
  };
