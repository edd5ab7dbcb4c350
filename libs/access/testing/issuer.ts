import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose';

type IssuerKey = { kid: string; privateKey: CryptoKey; publicJwk: JWK };

/** An OpenID Connect issuer on this machine, with keys that can be rotated and an outage that can be had. */
export async function testIssuer() {
  const keys: IssuerKey[] = [];
  let published: JWK[] = [];
  let away = false;
  const server = createServer((request, response) => {
    if (away) return response.writeHead(500).end();
    response.setHeader('Content-Type', 'application/json');
    const discovery = { issuer: url(), jwks_uri: `${url()}/keys` };
    return response.end(JSON.stringify(request.url === '/keys' ? { keys: published } : discovery));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const issuer = {
    url: url(),
    async rotate(): Promise<IssuerKey> {
      const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
      const kid = `key-${keys.length + 1}`;
      const key = { kid, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256' } };
      keys.push(key);
      published = [key.publicJwk];
      return key;
    },
    setAway(now: boolean) {
      away = now;
    },
    sign(claims: JWTPayload, key: IssuerKey = keys.at(-1)!): Promise<string> {
      return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: key.kid }).sign(key.privateKey);
    },
    close(): Promise<void> {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  await issuer.rotate();
  return issuer;
}
