import { hostAndPort, integer, onOff, path, text } from './kinds';
import { defaulted, optional } from './variable';

/** Temporal; the embedded one is used in the demo when nothing is given. */
export const temporalVariables = {
  TEMPORAL_ADDRESS: optional(hostAndPort(), {
    about: { en: 'The frontend of the Temporal server.', zh: 'Temporal 服务器前端地址。' },
    example: 'temporal.hospital.example:7233',
  }),
  TEMPORAL_NAMESPACE: defaulted(text(), {
    about: { en: 'The namespace of this hospital.', zh: '本院的命名空间。' },
    example: 'countersign',
    fallback: 'countersign',
  }),
  TEMPORAL_RETENTION_DAYS: defaulted(integer(1, 90), {
    about: {
      en: 'How long the embedded Temporal keeps closed workflows; the ledger is the memory, so days are enough.',
      zh: '内置 Temporal 保留已结束工作流的天数；长期记录在台账中，几天即可。',
    },
    example: '3',
    fallback: '3',
  }),
  TEMPORAL_TLS: optional(onOff(), {
    about: {
      en: 'TLS to Temporal; on by itself when a certificate or an API key is given.',
      zh: '与 Temporal 的 TLS 连接；给出证书或 API 密钥时自动开启。',
    },
    example: 'on',
  }),
  TEMPORAL_TLS_CA_FILE: optional(path(), {
    about: {
      en: 'Certificate of the authority that signed the server’s (PEM).',
      zh: '签发服务器证书的 CA 证书（PEM）。',
    },
    example: '/etc/countersign/temporal-ca.pem',
  }),
  TEMPORAL_TLS_CERT_FILE: optional(path(), {
    about: { en: 'Client certificate for mutual TLS (PEM).', zh: '双向 TLS 的客户端证书（PEM）。' },
    example: '/etc/countersign/temporal-client.pem',
  }),
  TEMPORAL_TLS_KEY_FILE: optional(path(), {
    about: { en: 'Key of the client certificate (PEM).', zh: '客户端证书的私钥（PEM）。' },
    example: '/etc/countersign/temporal-client.key',
  }),
  TEMPORAL_TLS_SERVER_NAME: optional(text(), {
    about: {
      en: 'Name in the server’s certificate, where it differs from the address.',
      zh: '服务器证书中的名称（与地址不同时）。',
    },
    example: 'temporal.internal',
  }),
  TEMPORAL_API_KEY: optional(text(), {
    about: { en: 'API key for the Temporal server.', zh: 'Temporal 服务器的 API 密钥。' },
    example: 'a-key-of-the-temporal-server',
    secret: true,
  }),
};
