import { integer, postgresUrl } from './kinds';
import { defaulted, optional } from './variable';

/** PostgreSQL; the embedded one is used in the demo when nothing is given. */
export const databaseVariables = {
  DATABASE_URL: optional(postgresUrl(), {
    about: {
      en: 'PostgreSQL (15 or later) as the application’s role, which owns nothing.',
      zh: '以应用角色（不拥有任何对象）连接的 PostgreSQL（15 或更高）。',
    },
    example: 'postgres://countersign_app:a-long-password@db.hospital.example:5432/countersign',
    secret: true,
  }),
  DATABASE_MIGRATION_URL: optional(postgresUrl(), {
    about: {
      en: 'The same database as the role that owns and migrates it; only migrations read this.',
      zh: '以拥有者角色连接的同一数据库；仅迁移时使用。',
    },
    example: 'postgres://countersign_owner:a-long-password@db.hospital.example:5432/countersign',
    secret: true,
  }),
  DATABASE_POOL_SIZE: defaulted(integer(2, 200), {
    about: { en: 'Connections of one process.', zh: '每个进程的连接数。' },
    example: '20',
    fallback: '10',
  }),
};
