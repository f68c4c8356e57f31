import { v7 as uuidv7 } from 'uuid';
import { normaliseIdentifier } from '#libs/crypto/normalise';
import { PatientIdentifierEntity } from '../entities/patient-identifier.entity';
import { PatientEntity } from '../entities/patient.entity';
import { IsNull } from 'typeorm';
import { VisitEntity } from '../entities/visit.entity';
import { type Tx } from '../transaction';

/** A number that names a patient at an authority (hospital, insurance, national). */
export interface PatientNumber {
  readonly authority: string;
  readonly type: string;
  readonly value: string;
}

/** Who a patient is, as far as known; age in completed days. */
export interface PatientDetails {
  readonly name: string;
  readonly sex: 'female' | 'male' | 'other' | 'unknown';
  readonly birthDate: string | null;
  readonly ageDays: number | null;
  readonly ageEstimated: boolean;
  readonly phone: string | null;
  readonly address: string | null;
  readonly unidentified: boolean;
  readonly identifiers: readonly PatientNumber[];
}

const indexOf = (tx: Tx, { authority, value }: PatientNumber): Buffer =>
  tx.cipher.index(`patient_identifier.${authority}`, normaliseIdentifier(value));

const columnsOf = (tx: Tx, id: string, details: PatientDetails) => {
  const sealed = (column: string, text: string | null) =>
    text === null ? null : tx.cipher.seal(['patient', column, id], text);
  return {
    nameCt: tx.cipher.seal(['patient', 'name_ct', id], details.name),
    birthDateCt: sealed('birth_date_ct', details.birthDate),
    phoneCt: sealed('phone_ct', details.phone),
    addressCt: sealed('address_ct', details.address),
    sex: details.sex,
    ageDays: details.ageDays,
    ageEstimated: details.ageEstimated,
    unidentified: details.unidentified,
  };
};

/**
 * Holds these numbers (and a visit's) until the transaction ends, so that two arrivals of one patient wait for each other
 * instead of making two patients. Taken before any row is locked, always in the same order.
 */
export const holdNumbers = async (
  tx: Tx,
  { numbers, visitNumber }: { numbers: readonly PatientNumber[]; visitNumber?: string | null | undefined },
): Promise<void> => {
  const keys = numbers.map((number) => indexOf(tx, number));
  if (visitNumber) keys.push(visitIndex(tx, visitNumber));
  const ordered = [...new Set(keys.map((key) => key.toString('hex')))].toSorted();
  for (const key of ordered) await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [key]);
};

/** The patients that these numbers name, following merges to the survivors, in the order of the numbers; each once. */
export const findPatients = async (tx: Tx, numbers: readonly PatientNumber[]): Promise<PatientEntity[]> => {
  const found = new Map<string, PatientEntity>();
  for (const number of numbers) {
    const known = await tx.manager.findOneBy(PatientIdentifierEntity, {
      organisationId: tx.principal.organisationId,
      authority: number.authority,
      valueIndex: indexOf(tx, number),
      retiredAt: IsNull(),
    });
    const survivor = known && (await survivorOf(tx, known.patientId));
    if (survivor) found.set(survivor.id, survivor);
  }
  return [...found.values()];
};

/** The patient one of these numbers names; of several the first; null when none is known. */
export const findPatient = async (tx: Tx, numbers: readonly PatientNumber[]): Promise<PatientEntity | null> =>
  (await findPatients(tx, numbers))[0] ?? null;

/* From authority to authority along the index of live numbers, never over the numbers themselves. */
const authoritiesSql = `
with recursive known (authority) as (
  (select authority from patient_identifier where organisation_id = $1 and retired_at is null order by authority limit 1)
  union all
  select (select i.authority from patient_identifier i where i.organisation_id = $1 and i.retired_at is null
    and i.authority > known.authority order by i.authority limit 1)
  from known where known.authority is not null)
select authority from known where authority is not null`;

/** Every patient row of whom somebody has this number at any authority, rows merged with theirs included. */
export const patientsNumbered = async (tx: Tx, value: string): Promise<string[]> => {
  const authorities = await tx.query<{ authority: string }>(authoritiesSql, [tx.principal.organisationId]);
  const patients = await findPatients(
    tx,
    authorities.map(({ authority }) => ({ authority, type: '', value })),
  );
  return (await Promise.all(patients.map(({ id }) => patientAndMerged(tx, id)))).flat();
};

/** The patient that a patient was merged into, or the patient itself. */
export const survivorOf = async (tx: Tx, patientId: string): Promise<PatientEntity> => {
  const patient = await tx.manager.findOneByOrFail(PatientEntity, { id: patientId });
  return patient.mergedInto === null ? patient : survivorOf(tx, patient.mergedInto);
};

/** A patient row and every row merged into it. */
export const patientAndMerged = async (tx: Tx, patientId: string): Promise<string[]> => {
  const rows = await tx.query<{ id: string }>(
    `with recursive m as (select $1::uuid id union select p.id from patient p join m on p.merged_into = m.id)
     select id from m`,
    [patientId],
  );
  return rows.map(({ id }) => id);
};

/** A patient row as it stands, locked. */
export const lockPatient = (tx: Tx, patientId: string): Promise<PatientEntity> =>
  tx.manager.findOneOrFail(PatientEntity, { where: { id: patientId }, lock: { mode: 'pessimistic_write' } });

/** Stores a new patient with its numbers; hold them first ({@link holdNumbers}). */
export const insertPatient = async (tx: Tx, details: PatientDetails): Promise<string> => {
  const id = uuidv7();
  await tx.manager.insert(PatientEntity, {
    id,
    organisationId: tx.principal.organisationId,
    ...columnsOf(tx, id, details),
  });
  await addIdentifiers(tx, id, details.identifiers);
  return id;
};

/** Adds the numbers a patient does not have yet; a number of another patient stays with them. */
export const addIdentifiers = async (tx: Tx, patientId: string, numbers: readonly PatientNumber[]): Promise<void> => {
  for (const number of numbers) {
    const id = uuidv7();
    await tx.query(
      `insert into patient_identifier (id, organisation_id, patient_id, authority, type, value_ct, value_index)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
      [
        id,
        tx.principal.organisationId,
        patientId,
        number.authority,
        number.type,
        tx.cipher.seal(['patient_identifier', 'value_ct', id], number.value),
        indexOf(tx, number),
      ],
    );
  }
};

/**
 * Replaces what is known of a locked patient; its numbers are added, the version goes up. A row that was merged into it
 * mirrors it, so that whoever reads the older case sees the same person.
 */
export const updatePatient = async (tx: Tx, patient: PatientEntity, details: PatientDetails): Promise<void> => {
  await tx.manager.update(
    PatientEntity,
    { id: patient.id },
    { ...columnsOf(tx, patient.id, details), version: patient.version + 1 },
  );
  await addIdentifiers(tx, patient.id, details.identifiers);
  await mirrorPatient(tx, patient.id);
};

const mirrorPatient = async (tx: Tx, patientId: string): Promise<void> => {
  const merged = (await patientAndMerged(tx, patientId)).filter((id) => id !== patientId);
  if (merged.length === 0) return;
  const survivor = await tx.manager.findOneByOrFail(PatientEntity, { id: patientId });
  const details = { ...patientDetails(tx, survivor), identifiers: [] };
  for (const id of merged)
    await tx.manager.update(PatientEntity, { id }, { ...columnsOf(tx, id, details), version: () => 'version + 1' });
};

/**
 * Links a locked patient to the one it turned out to be; its row and its cases stay, and mirror the survivor. What was
 * known of it is kept, so that a wrong link can be understood.
 */
export const mergePatient = async (tx: Tx, patient: PatientEntity, survivorId: string): Promise<void> => {
  const before = JSON.stringify(patientDetails(tx, patient));
  const beforeMergeCt = tx.cipher.seal(['patient', 'before_merge_ct', patient.id], before);
  await tx.manager.update(PatientEntity, { id: patient.id }, { mergedInto: survivorId, beforeMergeCt });
  await tx.manager.update(PatientIdentifierEntity, { patientId: patient.id }, { aliasOf: survivorId });
  await mirrorPatient(tx, survivorId);
};

/** The numbers of a patient, opened. */
export const identifiersOf = async (tx: Tx, patientId: string): Promise<PatientNumber[]> => {
  const rows = await tx.manager.find(PatientIdentifierEntity, {
    where: { patientId, retiredAt: IsNull() },
    order: { createdAt: 'ASC' },
  });
  return rows.map(({ id, authority, type, valueCt }) => ({
    authority,
    type,
    value: tx.cipher.open(['patient_identifier', 'value_ct', id], valueCt),
  }));
};

/** What was known of a patient before it was merged; null when it never was. */
export const detailsBeforeMerge = (
  tx: Tx,
  { id, beforeMergeCt }: PatientEntity,
): Omit<PatientDetails, 'identifiers'> | null =>
  beforeMergeCt === null
    ? null
    : (JSON.parse(tx.cipher.open(['patient', 'before_merge_ct', id], beforeMergeCt)) as Omit<
        PatientDetails,
        'identifiers'
      >);

/** What a patient row says, opened; identifiers are read separately. */
export const patientDetails = (tx: Tx, patient: PatientEntity): Omit<PatientDetails, 'identifiers'> => {
  const open = (column: string, stored: Buffer | null) =>
    stored === null ? null : tx.cipher.open(['patient', column, patient.id], stored);
  return {
    name: tx.cipher.open(['patient', 'name_ct', patient.id], patient.nameCt),
    birthDate: open('birth_date_ct', patient.birthDateCt),
    phone: open('phone_ct', patient.phoneCt),
    address: open('address_ct', patient.addressCt),
    sex: patient.sex as PatientDetails['sex'],
    ageDays: patient.ageDays,
    ageEstimated: patient.ageEstimated,
    unidentified: patient.unidentified,
  };
};

/** A visit: its number is unique in the organisation, so a repeated registration finds it. */
export interface NewVisit {
  readonly patientId: string;
  readonly wardId: string | null;
  readonly class: 'emergency' | 'inpatient' | 'outpatient' | 'other';
  readonly number: string | null;
  readonly arrivedAt: Date;
}

const visitIndex = (tx: Tx, number: string): Buffer => tx.cipher.index('visit.number', normaliseIdentifier(number));

/** The visit with this number; null when none is known. */
export const findVisit = (tx: Tx, number: string): Promise<VisitEntity | null> =>
  tx.manager.findOneBy(VisitEntity, {
    organisationId: tx.principal.organisationId,
    numberIndex: visitIndex(tx, number),
  });

/** Stores a visit. */
export const insertVisit = async (tx: Tx, visit: NewVisit): Promise<string> => {
  const id = uuidv7();
  const { number, ...plain } = visit;
  await tx.manager.insert(VisitEntity, {
    ...plain,
    id,
    organisationId: tx.principal.organisationId,
    numberCt: number === null ? null : tx.cipher.seal(['visit', 'number_ct', id], number),
    numberIndex: number === null ? null : visitIndex(tx, number),
  });
  return id;
};

/** The number of a visit, opened; null when it has none. */
export const visitNumber = (tx: Tx, visit: VisitEntity): string | null =>
  visit.numberCt && tx.cipher.open(['visit', 'number_ct', visit.id], visit.numberCt);
