/** Error codes of HL7 table 0357 that we answer with, and the text that goes with each in ERR-3. */
export const errorTexts = {
  '100': 'Segment sequence error',
  '101': 'Required field missing',
  '102': 'Data type error',
  '103': 'Table value not found',
  '200': 'Unsupported message type',
  '201': 'Unsupported event code',
  '202': 'Unsupported processing id',
  '203': 'Unsupported version id',
  '204': 'Unknown key identifier',
  '205': 'Duplicate key identifier',
  '206': 'Application record locked',
  '207': 'Application internal error',
} as const;

/** A code of {@link errorTexts}. */
export type Hl7ErrorCode = keyof typeof errorTexts;

/** Why a message is refused; the text is what the sender's engineer reads in ERR-8. Never a value of the message. */
export const problemReasons = {
  empty: 'The message is empty',
  'too-large': 'The message is larger than the receiver accepts',
  'not-hl7': 'The message does not begin with an MSH segment',
  'several-messages': 'The body holds more than one message; batches are not accepted',
  'separators-malformed': 'MSH-1 or MSH-2 does not define usable separators',
  'charset-unsupported': 'The character set is not UTF-8 or GB 18030',
  'bytes-invalid': 'The bytes are not text in the character set of the message',
  'segment-missing': 'A required segment is missing',
  'segment-repeated': 'A segment that may occur once occurs more than once',
  'segment-misplaced': 'A segment has no counterpart before it',
  'field-missing': 'A required field is empty',
  'datatype-malformed': 'The value does not have the form of its data type',
  'value-unknown': 'The value is not in the table of the field',
  'message-type-malformed': 'MSH-9.1 is not a message type',
  'event-malformed': 'MSH-9.2 is not a trigger event',
  'processing-id-refused': 'This system takes production messages only',
  'visit-unknown': 'No visit has this number',
  'location-unknown': 'No location has this name',
  'control-id-reused': 'Another message came with this control id',
  locked: 'The record is in use; send again later',
  internal: 'The receiver failed; send again later',
} as const;

/** A key of {@link problemReasons}. */
export type Hl7ProblemReason = keyof typeof problemReasons;

/** One thing wrong with a message: code of table 0357, reason and place (`PID`, `PID-7`, `MSH-9.2`). Holds no value. */
export interface Hl7Problem {
  readonly code: Hl7ErrorCode;
  readonly reason: Hl7ProblemReason;
  readonly path?: string;
}
