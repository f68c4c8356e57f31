import { cidrs, host, integer, path, port } from './kinds';
import { defaulted, optional } from './variable';

/** Where the product listens. */
export const networkVariables = {
  API_HOST: optional(host(), {
    about: {
      en: 'Address of the API. Without it: every address where TLS or a trusted proxy is set, else loopback only; any other needs one of the two.',
      zh: 'API 监听地址。不设时：已配置 TLS 或可信代理则监听全部地址，否则仅本机；设为其他地址须先配置两者之一。',
    },
    example: '0.0.0.0',
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
  API_DRAIN_SECONDS: optional(integer(0, 120), {
    about: {
      en: 'How long a stopping API goes on serving while its readiness says 503: longer than the load balancer needs to notice. 5 in production, else 0.',
      zh: 'API 停止前继续服务的秒数，期间就绪检查返回 503；须长于负载均衡器发现所需时间。生产环境默认 5，否则 0。',
    },
    example: '10',
  }),
  API_PERSON_REQUESTS: defaulted(integer(10, 1_000_000), {
    about: {
      en: 'Requests of one person in ten seconds, at each API process; more are answered 429.',
      zh: '每个 API 进程中每人每十秒的请求数上限；超出返回 429。',
    },
    example: '500',
    fallback: '500',
  }),
  API_PERSON_REDRAFTS: defaulted(integer(1, 1_000_000), {
    about: {
      en: 'New drafts that one person may ask for in a minute, at each API process.',
      zh: '每个 API 进程中每人每分钟可请求的重新起草次数。',
    },
    example: '20',
    fallback: '20',
  }),
  API_MACHINE_REQUESTS: defaulted(integer(10, 1_000_000), {
    about: {
      en: 'Requests of one machine (service account) in ten seconds, at each API process.',
      zh: '每个 API 进程中每个服务账号每十秒的请求数上限。',
    },
    example: '5000',
    fallback: '5000',
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
  WORKER_DRAIN_SECONDS: optional(integer(1, 600), {
    about: {
      en: 'How long a stopping worker waits for the drafts it has asked for before it leaves them to others. In production 10 more than DEEPSEEK_TOTAL_MS, else 5.',
      zh: '工作进程停止前等待已请求草稿的最长秒数，超时则交给其他进程。生产环境默认比 DEEPSEEK_TOTAL_MS 多 10 秒，否则 5。',
    },
    example: '100',
  }),
};
