import { clear, createStore, del, get, keys, set } from 'idb-keyval';

/**
 * Forms that are not sent yet, kept on this machine while the network is away or the page is gone: encrypted with a key that no script can
 * read out, by person, and dropped at sign-out. Nothing else of a patient is ever stored in the browser.
 */
const store = createStore('countersign-forms', 'kept');
const keyName = 'key';

interface Kept {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly sealed: ArrayBuffer;
}

const keyOf = async (): Promise<CryptoKey> => {
  const kept = await get<CryptoKey>(keyName, store);
  if (kept) return kept;
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  await set(keyName, key, store);
  return key;
};

const bound = (name: string) => ({ additionalData: new TextEncoder().encode(name) });

/** Keeps a form under a name of a person's own, such as `intake:<user id>`; the newest wins. */
export const keepForm = async (name: string, value: unknown): Promise<void> => {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(value));
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, ...bound(name) }, await keyOf(), text);
  await set(name, { iv, sealed } satisfies Kept, store);
};

/** The form kept under this name; null when there is none, or when it does not open any more. */
export const readForm = async <T>(name: string): Promise<T | null> => {
  const kept = await get<Kept>(name, store);
  if (!kept) return null;
  try {
    const text = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: kept.iv, ...bound(name) },
      await keyOf(),
      kept.sealed,
    );
    return JSON.parse(new TextDecoder().decode(text)) as T;
  } catch {
    await del(name, store); // sealed with a key that is gone: nobody can read it any more
    return null;
  }
};

/** The forms kept under names that begin like this, with the rest of their names. */
export const readForms = async <T>(
  beginning: string,
): Promise<readonly { readonly id: string; readonly form: T }[]> => {
  const names = (await keys<string>(store)).filter((name) => name.startsWith(beginning));
  const read = await Promise.all(names.map(async (name) => ({ name, form: await readForm<T>(name) })));
  return read.flatMap(({ name, form }) => (form === null ? [] : [{ id: name.slice(beginning.length), form }]));
};

/** Drops one form: it was sent, or its writer threw it away. */
export const dropForm = (name: string): Promise<void> => del(name, store);

/** Drops every form and the key. */
export const forgetForms = (): Promise<void> => clear(store);
