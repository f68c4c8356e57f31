import type { VariableName } from './environment-schema';

const everything = [
  'DATABASE_URL',
  'DATABASE_MIGRATION_URL',
  'TEMPORAL_ADDRESS',
  'DEEPSEEK_BASE_URL',
  'DEEPSEEK_MODEL',
  'COUNTERSIGN_KEK_FILE',
] as const satisfies readonly VariableName[];

/** What each part of the product cannot run without; a part is not asked for secrets it does not need. */
export const neededBy = {
  api: ['DATABASE_URL', 'COUNTERSIGN_KEK_FILE', 'TEMPORAL_ADDRESS'],
  worker: ['DATABASE_URL', 'COUNTERSIGN_KEK_FILE', 'TEMPORAL_ADDRESS', 'DEEPSEEK_BASE_URL', 'DEEPSEEK_MODEL'],
  migrate: ['DATABASE_MIGRATION_URL'],
  seed: ['DATABASE_URL', 'COUNTERSIGN_KEK_FILE'],
  command: ['DATABASE_URL', 'COUNTERSIGN_KEK_FILE'],
  rehearsal: ['REHEARSAL_PORT'],
  start: [],
  check: [],
  doctor: [],
} as const satisfies Record<string, readonly VariableName[]>;

/** The part of the product that reads the configuration; `start` is the supervisor, `command` any other command. */
export type Part = keyof typeof neededBy;

/* What runs never has the owner’s address, so whoever looks at it is not asked for that either. */
const running = everything.filter((name) => name !== 'DATABASE_MIGRATION_URL');

/** What a part needs in a profile: what starts, checks or examines an installation asks in production for all of it. */
export const neededIn = (part: Part, profile: 'demo' | 'production' | undefined): readonly VariableName[] => {
  if (profile !== 'production') return neededBy[part];
  if (part === 'doctor') return running;
  return part === 'start' || part === 'check' ? everything : neededBy[part];
};
