import { cidrs, host, path, port, text } from './kinds';
import { defaulted, optional } from './variable';

/** Where the hospital's other systems send HL7 v2 messages over MLLP. */
export const feedVariables = {
  MLLP_HOST: defaulted(host(), {
    about: {
      en: 'Address of the MLLP ports; loopback only, whatever is said here, without TLS or named senders.',
      zh: 'MLLP 监听地址；没有 TLS 或未指定发送方时，无论此处如何设置都只监听本机。',
    },
    example: '0.0.0.0',
    fallback: '0.0.0.0',
  }),
  MLLP_PORT: optional(port(), {
    about: {
      en: 'Port for HL7 v2 over MLLP; messages that name no character set are UTF-8. None without it.',
      zh: 'HL7 v2（MLLP）端口；未声明字符集的消息按 UTF-8 读取。不设则关闭。',
    },
    example: '2575',
  }),
  MLLP_PORT_GB18030: optional(port(), {
    about: {
      en: 'A second such port; messages that name no character set are GB 18030 (GBK).',
      zh: '第二个 MLLP 端口；未声明字符集的消息按 GB 18030（GBK）读取。',
    },
    example: '2576',
  }),
  MLLP_TOKEN: optional(text(), {
    about: {
      en: 'Token of the service account on whose behalf these messages are taken; scope hl7v2:write.',
      zh: '代表其接收消息的服务账号令牌；范围 hl7v2:write。',
    },
    example: 'cs_…',
    secret: true,
  }),
  MLLP_TLS_CERT_FILE: optional(path(), {
    about: { en: 'Certificate of the MLLP ports (PEM, with its chain).', zh: 'MLLP 端口证书（PEM，含证书链）。' },
    example: '/etc/countersign/mllp.pem',
  }),
  MLLP_TLS_KEY_FILE: optional(path(), {
    about: { en: 'Key of that certificate (PEM).', zh: '该证书的私钥（PEM）。' },
    example: '/etc/countersign/mllp.key',
  }),
  MLLP_TLS_CLIENT_CA_FILE: optional(path(), {
    about: {
      en: 'Only senders with a certificate of this authority (PEM) are heard.',
      zh: '只接受持有该证书机构（PEM）所签证书的发送方。',
    },
    example: '/etc/countersign/senders-ca.pem',
  }),
  MLLP_SENDER_CIDRS: optional(cidrs(), {
    about: {
      en: 'Only these addresses may connect; with them the ports listen on the network without TLS too (VPN).',
      zh: '只允许这些网段连接；设置后即使没有 TLS 也监听网络（VPN）。',
    },
    example: '10.8.0.7/32',
  }),
};
