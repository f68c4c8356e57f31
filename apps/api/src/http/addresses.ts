import { isIP } from 'node:net';
import { isRange } from '#libs/config/kinds';
import { addressRanges } from '#libs/llm/address';

const whole = (address: string): string => `${address}/${isIP(address) === 6 ? 128 : 32}`;

/** Whether an address is one of these (CIDR, or single ones); every one is where the list is empty. */
export const amongAddresses = (addresses: readonly string[]): ((address: string) => boolean) =>
  addresses.length === 0
    ? () => true
    : addressRanges(addresses.map((address) => (address.includes('/') ? address : whole(address))));

/** Whether text is an address or a range that {@link amongAddresses} takes: an IPv4 range in IPv6 spelling is none. */
export const isAddressRange = (text: string): boolean => {
  if (!isRange(text)) return false;
  try {
    amongAddresses([text]);
    return true;
  } catch {
    return false; // not a fault: that is how a range says that it is none
  }
};
