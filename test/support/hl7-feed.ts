import { pino } from 'pino';
import { type ServicePrincipal } from '#libs/auth/principal';
import { type PatientDetails, patientDetails, survivorOf } from '#libs/db/stores/patient.store';
import { type ExampleFields, exampleAdt } from '#libs/interop/hl7v2/adt.example';
import { encodeBytes } from '#libs/interop/hl7v2/charset';
import { takeIn } from '../../apps/api/src/interop/intake';
import { type Ledger } from './ledger-fixture';

/** An acknowledgement as a sender reads it. */
export interface Acknowledged {
  readonly code: string;
  readonly controlId: string;
  /** ERR-3.1 of each ERR segment. */
  readonly errors: readonly string[];
  readonly text: string;
}

/** A message as stored, without its bytes. */
export interface StoredMessage {
  readonly id: string;
  readonly event: string | null;
  readonly outcome: string;
  readonly reason: string | null;
  readonly answer: string;
  readonly case_id: string | null;
  readonly visit_id: string | null;
  readonly occurred_at: Date | null;
  readonly message_at: Date | null;
}

let last = 0;

/** The fields that make a message one of its own: patient, visit, control id. */
export const freshArrival = (): {
  readonly visit: string;
  readonly patient: string;
  readonly fields: ExampleFields;
} => {
  last += 1;
  const [visit, patient] = [`V${last}X${process.pid}`, `P${last}X${process.pid}`];
  return { visit, patient, fields: { 'PV1-19': `${visit}^^^HIS^VN`, 'PID-3': `${patient}^^^HIS^MR` } };
};

/** An HL7 time on the clock of the hospital, some minutes from now. */
export const minutesFromNow = (minutes: number): string => {
  const local = new Date(Date.now() + minutes * 60_000 + 8 * 3_600_000).toISOString();
  return `${local.slice(0, 19).replace(/\D/g, '')}+0800`;
};

const readAck = (bytes: Uint8Array): Acknowledged => {
  const text = Buffer.from(bytes).toString('utf8');
  const segments = text.split('\r').map((line) => line.split('|'));
  const msa = segments.find(([name]) => name === 'MSA') ?? [];
  const errors = segments.filter(([name]) => name === 'ERR').map((fields) => fields[3]?.split('^')[0] ?? '');
  return { code: msa[1] ?? '', controlId: msa[2] ?? '', errors, text };
};

/** A sender that is connected to a ledger by function calls instead of HTTP. */
export const openFeed = (
  ledger: Ledger,
  as: ServicePrincipal,
  { testMessages = 'ignore', timeScale = 1 }: { testMessages?: 'apply' | 'ignore'; timeScale?: number } = {},
) => {
  const log: string[] = [];
  const parts = {
    inTransaction: ledger.inTransaction,
    log: pino({ level: 'debug' }, { write: (line: string) => void log.push(line) }),
    settings: { testMessages, timeScale },
  };
  const raw = async (bytes: Uint8Array, defaultCharset: 'utf-8' | 'gb18030' = 'utf-8'): Promise<Acknowledged> =>
    readAck((await takeIn(parts, as, { bytes, defaultCharset })).ack.bytes);
  return {
    log,
    raw,
    /** Sends a message with a control id of its own, sent and happened now unless the fields say otherwise. */
    send: (
      event: string,
      fields: ExampleFields = {},
      charset: 'utf-8' | 'gb18030' = 'utf-8',
    ): Promise<Acknowledged> => {
      last += 1;
      const times = { 'MSH-7': minutesFromNow(0), 'EVN-2': minutesFromNow(0), 'EVN-6': minutesFromNow(0) };
      const own = { 'MSH-10': `C${last}X${process.pid}`, 'PV1-44': '', ...times };
      return raw(encodeBytes(exampleAdt(event, { ...own, ...fields }), charset));
    },
    stored: (where = 'true', parameters: readonly unknown[] = []): Promise<StoredMessage[]> =>
      ledger.sql<StoredMessage>(
        `select id, event, outcome, reason, answer, case_id, visit_id, occurred_at, message_at from inbound_message
         where ${where} order by id`,
        parameters,
      ),
    /** The patient of a case, opened. */
    patientOf: (caseId: string): Promise<Omit<PatientDetails, 'identifiers'>> =>
      ledger.inTransaction(as, async (tx) => {
        const [row] = await tx.query<{ patient_id: string }>('select patient_id from cases where id = $1', [caseId]);
        return patientDetails(tx, await survivorOf(tx, row!.patient_id));
      }),
  };
};

/** The sender of a test. */
export type Feed = ReturnType<typeof openFeed>;
