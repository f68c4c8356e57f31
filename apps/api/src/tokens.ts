/** What the composition root hands to controllers and guards; inject with `@Inject(TOKEN)`. */
export const DATA_SOURCE = Symbol('DATA_SOURCE');
export const IN_TRANSACTION = Symbol('IN_TRANSACTION');
export const CIPHER = Symbol('CIPHER');
export const CONFIG = Symbol('CONFIG');
/** Gives back what the application alone used: `() => Promise<void>`. */
export const MLLP = Symbol('MLLP');
export const CLOSE = Symbol('CLOSE');
export const CLOCK = Symbol('CLOCK');
export const ANSWER = Symbol('ANSWER');
export const POLICY = Symbol('POLICY');
export const READINESS = Symbol('READINESS');
export const CURSORS = Symbol('CURSORS');
export const LOG = Symbol('LOG');
export const STREAMS = Symbol('STREAMS');
export const SIGN_IN = Symbol('SIGN_IN');
export const PASSWORDS = Symbol('PASSWORDS');
export const REVIEWS = Symbol('REVIEWS');
export const OPERATIONS = Symbol('OPERATIONS');
export const INTAKE = Symbol('INTAKE');

/** What the time is. */
export type Clock = () => Date;
