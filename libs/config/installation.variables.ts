import { decimal, oneOf, path, reserved, timeZone } from './kinds';
import { defaulted, optional } from './variable';

/** The installation as a whole. */
export const installationVariables = {
  COUNTERSIGN_PROFILE: defaulted(oneOf('demo', 'production'), {
    about: {
      en: 'demo starts everything by itself with synthetic patients; production refuses whatever is only for a demo.',
      zh: 'demo 自带一切并使用合成患者；production 拒绝一切仅供演示的设置。',
    },
    example: 'production',
    fallback: 'demo',
  }),
  COUNTERSIGN_STATE_DIR: defaulted(path(), {
    about: {
      en: 'Folder for what the embedded parts keep (databases, logs, demo logins).',
      zh: '内置组件保存数据（数据库、日志、演示账号）的目录。',
    },
    example: '/var/lib/countersign',
    fallback: '.countersign',
  }),
  COUNTERSIGN_KEK_FILE: optional(path(), {
    about: {
      en: 'File with the key that wraps all others: 32 random bytes in base64 or hex, mode 0600. Losing it loses the data.',
      zh: '包裹所有其他密钥的主密钥文件：32 个随机字节（base64 或十六进制），权限 0600。丢失即丢失数据。',
    },
    example: '/etc/countersign/kek',
  }),
  COUNTERSIGN_TIME_SCALE: defaulted(decimal(0.0001, 100), {
    about: {
      en: 'Durations of the processes are multiplied by this, for demos and tests; production allows only 1.',
      zh: '流程中的时长乘以此数，仅供演示和测试；生产环境只允许 1。',
    },
    example: '0.01',
    fallback: '1',
  }),
  COUNTERSIGN_DOWNTIME_DIR: optional(path(), {
    about: {
      en: 'Folder for printable copies of the triage lists, for when everything is down. Patient data in clear: mode 0700, on an encrypted disk. None are written without it.',
      zh: '分诊停机名单副本的目录，供系统不可用时使用。内容为明文患者数据：目录权限 0700，置于加密磁盘。不设则不写。',
    },
    example: '/var/lib/countersign-downtime',
  }),
  FACILITY_TIME_ZONE: defaulted(timeZone(), {
    about: { en: 'Time zone of the hospital, for what people read.', zh: '医院所在时区，用于显示时间。' },
    example: 'Asia/Shanghai',
    fallback: 'Asia/Shanghai',
  }),
  LOG_LEVEL: defaulted(oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace'), {
    about: { en: 'How much is logged.', zh: '日志级别。' },
    example: 'info',
    fallback: 'info',
  }),
  OIDC_ISSUER: optional(reserved(), {
    about: {
      en: 'Single sign-on of the hospital; reserved for a later version.',
      zh: '医院单点登录；为后续版本预留。',
    },
    example: 'https://sso.hospital.example',
  }),
  TEMPORAL_SERVER_DIR: optional(path(), {
    about: {
      en: 'Folder with temporal-server and temporal-sql-tool, for the embedded Temporal.',
      zh: '内置 Temporal 所用 temporal-server 与 temporal-sql-tool 所在目录。',
    },
    example: '/opt/temporal',
  }),
};
