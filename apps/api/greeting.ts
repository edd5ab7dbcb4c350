import type { Environment } from '#platform/environment.js';

/** What a person who started the service wants to know first. */
export function greeting(port: number, environment: Pick<Environment, 'AUTH_ISSUER' | 'AUTH_AUDIENCE'>): string {
  const url = `http://localhost:${port}`;
  return [
    '',
    `Mindet serves ${url}`,
    `  documentation  ${url}/docs`,
    ...(environment.AUTH_ISSUER ? remoteTokens(environment) : localTokens()),
    '  try            ' +
      (environment.AUTH_ISSUER
        ? `curl -s -H "Authorization: Bearer $TOKEN" ${url}/v1/agendas`
        : `curl -s -H "Authorization: Bearer $(npm run -s token -- --role chair)" ${url}/v1/agendas`),
    '',
  ].join('\n');
}

const remoteTokens = ({ AUTH_ISSUER, AUTH_AUDIENCE }: Pick<Environment, 'AUTH_ISSUER' | 'AUTH_AUDIENCE'>): string[] => [
  `  tokens         of ${AUTH_ISSUER} for the audience ${AUTH_AUDIENCE}, with the claims sub, role, and state or body`,
];

const localTokens = (): string[] => [
  '  a token        npm run -s token -- --role chair',
  '                 npm run -s token -- --role secretariat',
  '                 npm run -s token -- --role liaison --state KG',
  '                 npm run -s token -- --role body --body ksopn',
  '                 npm run -s token -- --role auditor',
  '                 npm run -s token -- --role operator',
];
