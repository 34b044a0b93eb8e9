import { lookup } from 'node:dns/promises';
import { BlockList, isIP, isIPv4 } from 'node:net';
import { AppError } from '#lib/errors.ts';

export interface Address {
  address: string;
  family: number;
}

/** Where a request may go: the address was checked and is the one to connect to. */
export interface GuardedTarget {
  url: URL;
  pinned: Address;
}

export type Resolve = (host: string) => Promise<Address[]>;

const resolveByDns: Resolve = (host) => lookup(host, { all: true });

/** IPv4 that is not the public internet (IANA special-purpose registry). */
const PRIVATE_IPV4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

/** Parts of 2000::/3 that lead elsewhere: Teredo and 6to4 wrap IPv4, 2001:db8::/32 is for examples. */
const ODD_IPV6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const privateIpv4 = new BlockList();
for (const [net, prefix] of PRIVATE_IPV4) privateIpv4.addSubnet(net, prefix, 'ipv4');
const globalIpv6 = new BlockList();
globalIpv6.addSubnet('2000::', 3, 'ipv6');
const oddIpv6 = new BlockList();
for (const [net, prefix] of ODD_IPV6) oddIpv6.addSubnet(net, prefix, 'ipv6');

/** True for an address of the public internet. IPv4 inside IPv6 (mapped, NAT64) is none. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !privateIpv4.check(address, 'ipv4');
  if (isIP(address) !== 6) return false;
  return globalIpv6.check(address, 'ipv6') && !oddIpv6.check(address, 'ipv6');
}

/**
 * Checks where a URL leads and pins the address, so that a name that resolves otherwise a moment later changes nothing.
 * An origin of the allowlist, written exactly so, may be private and have any port. Throws `forbidden`.
 */
export async function guardTarget(
  text: string,
  allowed: readonly string[],
  resolve: Resolve = resolveByDns,
): Promise<GuardedTarget> {
  const url = parsePlainUrl(text);
  const isAllowed = allowed.includes(url.origin);
  if (!isAllowed && !['', '80', '443'].includes(url.port)) {
    throw refused(`the port ${url.port} is not 80 or 443`);
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  const addresses = family === 0 ? await resolve(host) : [{ address: host, family }];
  const [pinned] = addresses;
  if (pinned === undefined) throw refused(`${host} has no address`);
  // One private address among public ones is how names are made to change between check and use.
  const inner = isAllowed ? undefined : addresses.find(({ address }) => !isPublicAddress(address));
  if (inner !== undefined) throw refused(`${host} leads to ${inner.address}, which is not public`);
  return { url, pinned };
}

/** Hosts as numbers, with escapes or with credentials mean something else to other programs than to this one. */
function parsePlainUrl(text: string): URL {
  if (!URL.canParse(text)) throw refused('it is not a URL');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw refused(`${url.protocol} is not http: or https:`);
  }
  const authority = /^https?:\/\/(?<authority>[^/?#]*)/i.exec(text)?.groups?.authority ?? '';
  if (authority.includes('@')) throw refused('it holds credentials');
  const host = authority.toLowerCase().replace(/:\d*$/, '');
  if (host !== url.hostname || host.endsWith('.')) {
    throw refused(`its host is written in an odd way; ${url.hostname} is meant`);
  }
  return url;
}

function refused(why: string): AppError {
  return new AppError('forbidden', `The address of the judge is refused: ${why}.`);
}
