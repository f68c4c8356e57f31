import { isIP } from 'node:net';
import { addressRanges } from '#libs/llm/address';

const whole = (address: string): string => `${address}/${isIP(address) === 6 ? 128 : 32}`;

/** Whether an address is one of these (CIDR, or single ones); every one is where the list is empty. */
export const amongAddresses = (addresses: readonly string[]): ((address: string) => boolean) =>
  addresses.length === 0
    ? () => true
    : addressRanges(addresses.map((address) => (address.includes('/') ? address : whole(address))));
