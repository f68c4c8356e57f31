import { lookup, type LookupAddress } from 'node:dns';
import { promisify } from 'node:util';
import { addressRanges, NEVER_CIDRS, plainAddress, PRIVATE_CIDRS } from './address';
import { type FailureReason } from './outcome';

/** Finds every address of a name; the system's resolver unless a test hands in another. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

/** Where the model may be. Private and loopback addresses always may; what is listed here may too. */
export interface EgressRules {
  allowedCidrs?: readonly string[];
  /** Exact origins, for example `https://model.example.org`, whose addresses need not be private. */
  allowedOrigins?: readonly string[];
  resolve?: Resolve;
}

type EgressReason = Extract<FailureReason, 'url-invalid' | 'url-credentials' | 'address-refused' | 'origin-refused'>;

/** Whether something may be reached; never holds the address, which may carry credentials. */
export type EgressVerdict =
  { ok: true; addresses: readonly LookupAddress[] } | { ok: false; reason: EgressReason | 'unreachable' };

/** The guard of one endpoint: everything it lets out goes to that origin, at an address that it checked itself. */
export interface EgressGuard {
  origin: string;
  /** Resolves a host of the origin and requires every answer to be allowed. */
  addressesOf(hostname: string): Promise<EgressVerdict>;
}

/** An endpoint's guard, or why its address can never be one. */
export type GuardedUrl = { ok: true; guard: EgressGuard } | { ok: false; reason: EgressReason };

/** Thrown inside the HTTP client where a connection is refused; found again in the cause chain. */
export class EgressRefused extends Error {
  constructor(readonly reason: EgressReason | 'unreachable') {
    super(reason);
    this.name = 'EgressRefused';
  }
}

const systemResolve: Resolve = (hostname) => promisify(lookup)(hostname, { all: true });

const urlFault = (url: URL): EgressReason | null => {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'url-invalid';
  if (url.username !== '' || url.password !== '') return 'url-credentials';
  return url.search === '' && url.hash === '' ? null : 'url-invalid';
};

const literal = (hostname: string): LookupAddress[] | null => {
  const address = plainAddress(hostname);
  return address === null ? null : [{ address, family: address.includes(':') ? 6 : 4 }];
};

const resolveAll = async (hostname: string, resolve: Resolve): Promise<readonly LookupAddress[]> => {
  try {
    return await resolve(hostname);
  } catch {
    return []; // no such name or no resolver: the caller says unreachable
  }
};

/**
 * Makes the guard of a base URL. The URL parser has already turned decimal, octal, hexadecimal and full-width host
 * forms into dotted addresses and international names into ASCII, so what is checked is what is connected to.
 */
export const guardUrl = (baseUrl: string, rules: EgressRules): GuardedUrl => {
  const url = URL.parse(baseUrl);
  if (url === null) return { ok: false, reason: 'url-invalid' };
  const fault = urlFault(url);
  if (fault !== null) return { ok: false, reason: fault };
  const never = addressRanges(NEVER_CIDRS);
  const allowed = addressRanges([...PRIVATE_CIDRS, ...(rules.allowedCidrs ?? [])]);
  const anywhere = (rules.allowedOrigins ?? []).includes(url.origin);
  const mayReach = (address: string): boolean => !never(address) && (anywhere || allowed(address));
  const addressesOf = async (hostname: string): Promise<EgressVerdict> => {
    const addresses = literal(hostname) ?? (await resolveAll(hostname, rules.resolve ?? systemResolve));
    if (addresses.length === 0) return { ok: false, reason: 'unreachable' };
    const all = addresses.every(({ address }) => plainAddress(address) !== null && mayReach(address));
    return all ? { ok: true, addresses } : { ok: false, reason: 'address-refused' };
  };
  const own = literal(url.hostname);
  if (own !== null && !own.every(({ address }) => mayReach(address))) return { ok: false, reason: 'address-refused' };
  return { ok: true, guard: { origin: url.origin, addressesOf } };
};
