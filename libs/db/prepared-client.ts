import { createHash } from 'node:crypto';
import { Client } from 'pg';

/* A text that is put together anew each time would fill the server's memory: past this many, texts are sent as they are. */
const mostTexts = 500;

const names = new Map<string, string>();

const nameOf = (text: string): string | undefined => {
  const known = names.get(text);
  if (known !== undefined || names.size >= mostTexts) return known;
  const name = createHash('sha256').update(text).digest('base64url');
  names.set(text, name);
  return name;
};

interface Wire {
  readonly connection: { readonly stream: { cork(): void; uncork(): void } };
}

/**
 * A connection on which PostgreSQL parses each parametrised statement once and plans it a few times, not with every
 * call; for the stores that is most of what a statement costs there. Statements that do not wait for each other go out
 * in one packet: what is left of a statement's cost here is mostly the system call that sends it.
 */
export class PreparedClient extends Client {
  // `never`, so that this one method stands for all overloads of the one it wraps.
  override query(...given: readonly unknown[]): never {
    const [text, values, ...rest] = given;
    const { stream } = (this as unknown as Wire).connection;
    stream.cork();
    process.nextTick(() => stream.uncork());
    const send = super.query.bind(this) as (...sent: readonly unknown[]) => never;
    const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined;
    return name === undefined ? send(...given) : send({ name, text, values }, ...rest);
  }
}
