import { type Pool } from 'pg';

/** The two rows a bare workflow writes, each in a commit of its own. */
export interface BareActivities {
  insertDraft(id: string): Promise<void>;
  insertResult(id: string): Promise<void>;
}

/** The step of a bare workflow that leaves the machine. */
export interface BareModelActivities {
  askModel(): Promise<void>;
}

/** One request to a model: its address and its body. */
export interface ModelRequest {
  readonly url: string;
  readonly body: string;
}

/** The tables of a bare flow: keys and a text as long as a short draft. */
export const bareSchema = `
create table draft (id uuid primary key, content text not null, at timestamptz not null default clock_timestamp());
create table decision (id uuid primary key, content text not null, at timestamptz not null default clock_timestamp());
create table result (id uuid primary key, content text not null, at timestamptz not null default clock_timestamp());`;

/** What is written each time. */
export const bareContent = 'x'.repeat(400);

const insert = async (pool: Pool, table: 'draft' | 'decision' | 'result', id: string): Promise<void> => {
  await pool.query(`insert into ${table} (id, content) values ($1, $2) on conflict do nothing`, [id, bareContent]);
};

/** The activities over a raw pg pool. */
export const createBareActivities = (pool: Pool): BareActivities => ({
  insertDraft: (id) => insert(pool, 'draft', id),
  insertResult: (id) => insert(pool, 'result', id),
});

/** The activity that asks a model and reads its answer to the end. */
export const createBareModelActivities = ({ url, body }: ModelRequest): BareModelActivities => ({
  askModel: async () => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(url, { method: 'POST', headers, body });
    await answer.text();
    if (!answer.ok) throw new Error(`the model answered ${answer.status}`);
  },
});

/** The decision of a bare flow, written by whoever then sends the signal. */
export const insertBareDecision = (pool: Pool, id: string): Promise<void> => insert(pool, 'decision', id);
