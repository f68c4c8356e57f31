import type { PortVariable } from './programs';
import type { Env } from './start-options';

/** What a start found or made for the children; what is absent comes from the environment we were given, or not at all. */
export interface Findings extends Readonly<Partial<Record<PortVariable, string>>> {
  readonly DATABASE_URL?: string;
  readonly DATABASE_MIGRATION_URL?: string;
  readonly TEMPORAL_ADDRESS?: string;
  readonly TEMPORAL_NAMESPACE?: string;
  readonly DEEPSEEK_BASE_URL?: string;
  readonly DEEPSEEK_MODEL?: string;
  readonly COUNTERSIGN_KEK_FILE?: string;
  readonly MLLP_TOKEN?: string;
  readonly COUNTERSIGN_PROFILE?: string;
  readonly COUNTERSIGN_STATE_DIR?: string;
}

/** The environment of the children: ours, over it what was found, over it what the caller insists on. */
export const childEnvironment = (env: Env, findings: Findings, insisted: Env = {}): Record<string, string> =>
  defined({ ...defined(env), ...defined(findings), ...insisted });

/** Which embedded parts a start needs: those for which the environment names nothing real; none in production. */
export const embeddedParts = (
  env: Env,
): { postgres: boolean; database: boolean; temporal: boolean; model: boolean } => {
  const allowed = profileOf(env) === 'demo';
  const database = allowed && !env['DATABASE_URL'] && !env['DATABASE_URL_FILE'];
  const temporal = allowed && !env['TEMPORAL_ADDRESS'];
  // Temporal keeps its history in the embedded PostgreSQL even when the ledger has a server of its own.
  return { postgres: database || temporal, database, temporal, model: allowed && !env['DEEPSEEK_BASE_URL'] };
};

/** The profile; whatever is not `demo` starts nothing embedded, and the configuration check says what is wrong with it. */
export const profileOf = (env: Env): string => env['COUNTERSIGN_PROFILE'] || 'demo';

const defined = (values: object): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined));
