import { sha256Hex } from '#libs/crypto/digest';

/** What names a message among all messages: sending application and facility, and its control id. */
export interface MessageSource {
  /** MSH-3 */
  readonly sendingApplication: string;
  /** MSH-4 */
  readonly sendingFacility: string;
  /** MSH-10 */
  readonly controlId: string;
}

/** The key under which a message is taken once: 64 hex digits that differ whenever one of the three parts does. */
export const messageKey = (source: MessageSource): string =>
  sha256Hex(JSON.stringify([source.sendingApplication, source.sendingFacility, source.controlId]));

/** The digest that tells a repeated message from another one with the same control id: SHA-256 of its bytes as received. */
export const messageHash = (bytes: Uint8Array): string => sha256Hex(bytes);
