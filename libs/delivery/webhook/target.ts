import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Where webhooks may go. */
export type WebhookRules = {
  /** Host names, or `*.example.int` for all below it; every host where there are none. */
  readonly allowedHosts: readonly string[];
  /** Whether `http:` and addresses that are not public may be used, as in a closed network. */
  readonly privateNetworks: boolean;
};

export type TargetFlaw = 'CHANNEL_URL_SCHEME' | 'CHANNEL_URL_INVALID' | 'CHANNEL_HOST_NOT_ALLOWED' | 'CHANNEL_ADDRESS_PRIVATE';

/**
 * What is wrong with an address to send to, as far as its text tells. A host name is looked at again when it is connected to.
 * @returns nothing where all is well
 */
export function targetFlaw(text: string, { allowedHosts, privateNetworks }: WebhookRules): TargetFlaw | undefined {
  const url = URL.parse(text);
  if (!url) return 'CHANNEL_URL_INVALID';
  if (url.protocol !== 'https:' && !(privateNetworks && url.protocol === 'http:')) return 'CHANNEL_URL_SCHEME';
  if (url.username !== '' || url.password !== '' || url.hash !== '') return 'CHANNEL_URL_INVALID';
  if (allowedHosts.length > 0 && !allowedHosts.some((host) => covers(host, url.hostname))) return 'CHANNEL_HOST_NOT_ALLOWED';
  // The URL parser has brought every spelling of an IPv4 address, decimal, octal or hexadecimal, to the dotted one.
  const literal = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (privateNetworks) return undefined;
  if (isIP(literal) !== 0 && !isPublic(literal)) return 'CHANNEL_ADDRESS_PRIVATE';
  return isLocalName(url.hostname) ? 'CHANNEL_ADDRESS_PRIVATE' : undefined;
}

/** The only IPv6 addresses that are given out (RFC 4291, IANA); the rest holds forms that embed an IPv4 address, as `::10.1.2.3`. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/** Whether an IP address is one of the public internet: not private, loopback, link-local, shared, reserved, nor one that embeds such. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const ip = ipaddr.process(address);
  return ip.range() === 'unicast' && (ip instanceof ipaddr.IPv4 || ip.match(GLOBAL_IPV6));
}

function covers(allowed: string, hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, '');
  const rule = allowed.toLowerCase();
  return rule.startsWith('*.') ? host.endsWith(rule.slice(1)) && host.length > rule.length - 1 : host === rule;
}

/** Names that stand for this machine or its network alone (RFC 6761, RFC 6762). */
const isLocalName = (hostname: string): boolean => /(^|\.)(localhost|local|internal)\.?$/i.test(hostname);
