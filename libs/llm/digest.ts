import { createHash } from 'node:crypto';
import { type RawAnswer } from './outcome';

/** Lower-case hex SHA-256 of a text in UTF-8. */
export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** The digest kept for what a model wrote: SHA-256 of the JSON array `[content, reasoning]`. */
export const rawSha256 = ({ content, reasoning }: RawAnswer): string => sha256(JSON.stringify([content, reasoning]));
