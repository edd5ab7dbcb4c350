import { ServerCredentials } from '@grpc/grpc-js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const file = (name: string): string => join(import.meta.dirname, 'loopback-tls', name);

/** The authority that a client must trust to reach the server; its own key is kept nowhere. */
export const caFile = file('ca.pem');

/** For 127.0.0.1 and localhost alone, until 2126. Anybody knows the key: it protects nothing. */
export const loopbackCredentials = (): ServerCredentials =>
  ServerCredentials.createSsl(null, [
    { cert_chain: readFileSync(file('server.pem')), private_key: readFileSync(file('server-key.pem')) },
  ]);
