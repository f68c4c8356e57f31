import { Hl7Context, Hl7Message, type Hl7Segment } from '@medplum/core';
import type { Hl7Header } from './header';
import type { Separators } from './separators';

/** What is unusual about a message without being a reason to refuse it. */
export type Hl7Note =
  'version-missing' | 'version-unexpected' | 'continuation-line' | 'charset-assumed' | 'event-types-differ';

/** A message whose header is readable; its segments are read with {@link segmentsOf} and `readerOf`. */
export interface ParsedMessage {
  readonly header: Hl7Header;
  readonly notes: readonly Hl7Note[];
  readonly tree: Hl7Message;
}

// A separator that the message does not have must match nothing: NUL is refused before.
const none = '\0';

const contextOf = (separators: Separators): Hl7Context =>
  new Hl7Context(
    '\r',
    separators.field,
    separators.component,
    separators.repetition ?? none,
    separators.escape ?? none,
    separators.subcomponent ?? none,
  );

/** The segment tree of the lines of one message. */
export const treeOf = (lines: readonly string[], separators: Separators): Hl7Message =>
  new Hl7Message([...lines], contextOf(separators));

/** All segments of a name, in the order of the message. */
export const segmentsOf = (message: ParsedMessage, name: string): readonly Hl7Segment[] =>
  message.tree.getAllSegments(name);
