import { BlockList, isIP, SocketAddress } from 'node:net';

/** A list of address ranges that answers whether an address lies in it. */
export type AddressRanges = (address: string) => boolean;

/** Loopback, RFC 1918 and unique local addresses: where a hospital's own model runs. */
export const PRIVATE_CIDRS = ['127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '::1/128', 'fc00::/7'];

/** Never a model, whatever is allow-listed: unspecified, link-local (cloud metadata), multicast, broadcast. */
export const NEVER_CIDRS = [
  '0.0.0.0/8',
  '169.254.0.0/16',
  '100.100.100.200/32',
  '224.0.0.0/3',
  '::/128',
  'fe80::/10',
  'ff00::/8',
  'fd00:ec2::254/128',
  '64:ff9b::a9fe:0/112', // 169.254/16 behind NAT64 and 6to4
  '2002:a9fe::/32',
];

/** An address in one spelling: IPv4 where it is one, also mapped into IPv6; null where it is none (or has a zone). */
export const plainAddress = (address: string): string | null => {
  const bare = address.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(bare);
  if (family === 0 || bare.includes('%')) return null;
  if (family === 4) return bare;
  const canonical = new SocketAddress({ address: bare, family: 'ipv6' }).address;
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(canonical)?.[1] ?? canonical;
};

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 4 ? 'ipv4' : 'ipv6');

const addRange = (list: BlockList, cidr: string): void => {
  const [network = '', bits] = cidr.split('/');
  const address = plainAddress(network);
  if (address === null || bits === undefined || !/^\d{1,3}$/.test(bits)) throw new Error(`not a CIDR: ${cidr}`);
  list.addSubnet(address, Number(bits), familyOf(address));
};

/** Ranges from CIDR texts such as `10.20.0.0/16` or `fd00::/8`; throws a plain error on one that is none. */
export const addressRanges = (cidrs: readonly string[]): AddressRanges => {
  const list = new BlockList();
  cidrs.forEach((cidr) => addRange(list, cidr));
  return (address) => {
    const plain = plainAddress(address);
    return plain !== null && list.check(plain, familyOf(plain));
  };
};
