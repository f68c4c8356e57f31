import { type DataSource, type EntityManager } from 'typeorm';
import { createRing, type KeyRing, type StoredKey, unwrapRing } from '#libs/crypto/key-ring';
import { EncryptionKeyEntity } from '../entities/encryption-key.entity';

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

/**
 * Opens the installation's key ring with the key-encryption key; `create` makes one where there is none yet.
 * Throws KEY_UNAVAILABLE when there is none, or when this is not the key that wrapped it.
 */
export const loadKeyRing = async (
  source: DataSource,
  kek: Buffer,
  { create }: { create: boolean },
): Promise<KeyRing> => {
  const present = await read(source.manager);
  if (present.length > 0 || !create) return unwrapRing(kek, present);
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
