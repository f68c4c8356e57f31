import { type DataSource, type EntityManager } from 'typeorm';
import { createRing, type KeyRing, type StoredKey, unwrapRing } from '#libs/crypto/key-ring';
import { CountersignError } from '#libs/errors/errors';
import { EncryptionKeyEntity } from '../entities/encryption-key.entity';
import { OrganisationEntity } from '../entities/organisation.entity';

/** Keeps two processes that start at once from making two rings. */
const onlyOneMaker = `select pg_advisory_xact_lock(hashtext('countersign/key-ring'))`;

const stored = ({ keyId, wrappedDek, createdAt, retiredAt }: EncryptionKeyEntity): StoredKey => ({
  keyId,
  wrappedDek: wrappedDek.toString('base64'),
  createdAt: createdAt.toISOString(),
  retired: retiredAt !== null,
});

const read = async (manager: EntityManager): Promise<StoredKey[]> =>
  (await manager.find(EncryptionKeyEntity)).map(stored);

const howToFound =
  'this ledger has no hospital yet: found it with its first administrator, by ' +
  'npm run countersign -- user add --organisation <hospital> --login <login> --name <name> --role system_admin';

/* Keys are made with the hospital: a ledger that has one without the other was damaged, and new keys would hide that. */
const whyNone = async (manager: EntityManager): Promise<CountersignError> =>
  (await manager.exists(OrganisationEntity))
    ? new CountersignError('KEY_UNAVAILABLE')
    : new CountersignError('LEDGER_NOT_FOUNDED', { text: howToFound });

/**
 * Opens the installation's key ring with the key-encryption key; `create` makes one where there is none yet.
 * Throws LEDGER_NOT_FOUNDED when there is no hospital either, KEY_UNAVAILABLE when its keys are gone or when this is not
 * the key that wrapped them.
 */
export const loadKeyRing = async (
  source: DataSource,
  kek: Buffer,
  { create }: { create: boolean },
): Promise<KeyRing> => {
  const present = await read(source.manager);
  if (present.length > 0) return unwrapRing(kek, present);
  if (!create) throw await whyNone(source.manager);
  return source.transaction(async (manager) => {
    await manager.query(onlyOneMaker);
    const meanwhile = await read(manager);
    if (meanwhile.length > 0) return unwrapRing(kek, meanwhile);
    const made = createRing(kek, new Date());
    for (const key of made)
      await manager.insert(EncryptionKeyEntity, {
        keyId: key.keyId,
        wrappedDek: Buffer.from(key.wrappedDek, 'base64'),
        createdAt: new Date(key.createdAt),
      });
    return unwrapRing(kek, made);
  });
};
