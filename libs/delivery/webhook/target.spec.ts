import { describe, expect, it } from '@jest/globals';
import { targetFlaw } from './target.js';

const open = { allowedHosts: [], privateNetworks: false };

describe('Where webhooks go', () => {
  it.each(['https://hooks.mfa.example/mindet', 'https://hooks.mfa.example:8443/a?b=c', 'https://93.184.216.34/', 'https://[2606:4700::1111]/'])('may be %s', (url) => {
    expect(targetFlaw(url, open)).toBeUndefined();
  });

  it.each([
    ['http://hooks.mfa.example/', 'CHANNEL_URL_SCHEME'],
    ['ftp://hooks.mfa.example/', 'CHANNEL_URL_SCHEME'],
    ['file:///etc/passwd', 'CHANNEL_URL_SCHEME'],
    ['javascript:alert(1)', 'CHANNEL_URL_SCHEME'],
    ['hooks.mfa.example', 'CHANNEL_URL_INVALID'],
    ['https://user:secret@hooks.mfa.example/', 'CHANNEL_URL_INVALID'],
    ['https://hooks.mfa.example/#here', 'CHANNEL_URL_INVALID'],
    ...[
      '127.0.0.1', '2130706433', '0x7f000001', '0177.0.0.1', '127.1', '10.1.2.3', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0',
      '224.0.0.1', '255.255.255.255', '[::1]', '[::]', '[fe80::1]', '[fd00::1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[64:ff9b::7f00:1]', '[2002:7f00:1::]', '[::10.1.2.3]', '[4000::1]',
      'localhost', 'LOCALHOST.', 'a.localhost', 'printer.local', 'db.internal',
    ].map((host) => [`https://${host}/`, 'CHANNEL_ADDRESS_PRIVATE'] as const),
  ] as const)('may not be %s: %s', (url, flaw) => {
    expect(targetFlaw(url, open)).toBe(flaw);
  });

  it('are named hosts alone where there are such', () => {
    const rules = { allowedHosts: ['hooks.mfa.example', '*.odkb.example'], privateNetworks: false };
    const flaws = (...hosts: string[]) => hosts.map((host) => targetFlaw(`https://${host}/`, rules) ?? null);
    expect(flaws('hooks.mfa.example', 'HOOKS.mfa.example', 'a.odkb.example', 'a.b.odkb.example')).toEqual([null, null, null, null]);
    expect(new Set(flaws('mfa.example', 'x.hooks.mfa.example', 'odkb.example', 'evilodkb.example', 'a.odkb.example.evil.example'))).toEqual(new Set(['CHANNEL_HOST_NOT_ALLOWED']));
  });

  it('may be inside where the network is a closed one', () => {
    const closed = { allowedHosts: [], privateNetworks: true };
    expect(targetFlaw('http://10.1.2.3/', closed)).toBeUndefined();
    expect(targetFlaw('ftp://10.1.2.3/', closed)).toBe('CHANNEL_URL_SCHEME');
  });
});
