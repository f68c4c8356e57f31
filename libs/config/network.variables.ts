import { cidrs, host, path, port } from './kinds';
import { defaulted, optional } from './variable';

/** Where the product listens. */
export const networkVariables = {
  API_HOST: defaulted(host(), {
    about: {
      en: 'Address of the API; loopback only, whatever is said here, without TLS or a trusted proxy.',
      zh: 'API 监听地址；没有 TLS 或可信代理时，无论此处如何设置都只监听本机。',
    },
    example: '0.0.0.0',
    fallback: '0.0.0.0',
  }),
  API_PORT: defaulted(port(), {
    about: { en: 'Port of the API and the screens.', zh: 'API 与界面的端口。' },
    example: '3000',
    fallback: '3000',
  }),
  TLS_CERT_FILE: optional(path(), {
    about: { en: 'Certificate of the API (PEM, with its chain).', zh: 'API 证书（PEM，含证书链）。' },
    example: '/etc/countersign/tls.pem',
  }),
  TLS_KEY_FILE: optional(path(), {
    about: { en: 'Key of that certificate (PEM).', zh: '该证书的私钥（PEM）。' },
    example: '/etc/countersign/tls.key',
  }),
  TRUSTED_PROXY_CIDRS: optional(cidrs(), {
    about: {
      en: 'Reverse proxies that do TLS for the API; only their forwarding headers are believed.',
      zh: '为 API 提供 TLS 的反向代理网段；只信任它们的转发头。',
    },
    example: '10.0.0.5/32',
  }),
  METRICS_PORT: optional(port(), {
    about: { en: 'Port of /metrics (Prometheus); none without it.', zh: '/metrics（Prometheus）端口；不设则关闭。' },
    example: '9464',
  }),
  WORKER_HEALTH_PORT: optional(port(), {
    about: {
      en: 'Port of the worker’s health and metrics; none without it.',
      zh: '工作进程健康检查与指标端口；不设则关闭。',
    },
    example: '9465',
  }),
};
