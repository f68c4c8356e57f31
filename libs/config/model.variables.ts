import { cidrs, integer, modelUrl, oneOf, origins, path, port, text } from './kinds';
import { defaulted, optional } from './variable';

/** The model endpoint; the rehearsal model is used in the demo when nothing is given. */
export const modelVariables = {
  DEEPSEEK_BASE_URL: optional(modelUrl(), {
    about: {
      en: 'DeepSeek on the intranet: any OpenAI-compatible endpoint (vLLM, SGLang, Ollama, Xinference, MindIE).',
      zh: '内网 DeepSeek：任何兼容 OpenAI 的端点（vLLM、SGLang、Ollama、Xinference、MindIE）。',
    },
    example: 'http://10.0.0.8:8000/v1',
  }),
  DEEPSEEK_MODEL: optional(text(), {
    about: { en: 'Name of the model at that endpoint.', zh: '该端点上的模型名称。' },
    example: 'deepseek-v4-pro',
  }),
  DEEPSEEK_API_KEY: optional(text(), {
    about: { en: 'Key of the endpoint, where it asks for one.', zh: '端点所需的密钥（如需要）。' },
    example: 'a-key-of-the-endpoint',
    secret: true,
  }),
  DEEPSEEK_CA_FILE: optional(path(), {
    about: { en: 'The hospital’s own certificate authority (PEM).', zh: '医院自有 CA 证书（PEM）。' },
    example: '/etc/countersign/hospital-ca.pem',
  }),
  DEEPSEEK_ALLOWED_CIDRS: optional(cidrs(), {
    about: {
      en: 'Further address ranges that the endpoint may have; private ones are always allowed.',
      zh: '端点还可使用的网段；私有网段始终允许。',
    },
    example: '198.51.100.0/24',
  }),
  DEEPSEEK_ALLOWED_ORIGINS: optional(origins(), {
    about: {
      en: 'Endpoints outside the intranet that patient text may be sent to. Ask your data protection officer first.',
      zh: '允许向其发送患者文本的外网端点。请先征得数据保护负责人同意。',
    },
    example: 'https://model.region.example',
  }),
  DEEPSEEK_SLOTS: defaulted(integer(1, 256), {
    about: { en: 'Drafts written at the same time by one worker.', zh: '每个工作进程同时生成的草稿数。' },
    example: '8',
    fallback: '4',
  }),
  DEEPSEEK_WAITING: defaulted(integer(0, 10_000), {
    about: {
      en: 'Drafts that may wait for a slot; further ones are left to people at once.',
      zh: '可排队等待的草稿数；超出部分直接由人工处理。',
    },
    example: '64',
    fallback: '64',
  }),
  DEEPSEEK_FIRST_TOKEN_MS: defaulted(integer(100, 600_000), {
    about: { en: 'Longest wait for the first token.', zh: '等待首个 token 的最长时间。' },
    example: '30000',
    fallback: '30000',
  }),
  DEEPSEEK_GAP_MS: defaulted(integer(100, 600_000), {
    about: { en: 'Longest wait between tokens.', zh: 'token 之间的最长等待。' },
    example: '15000',
    fallback: '15000',
  }),
  DEEPSEEK_TOTAL_MS: defaulted(integer(100, 600_000), {
    about: { en: 'Longest time for one draft, with all repeated questions.', zh: '单份草稿（含重问）的最长时间。' },
    example: '90000',
    fallback: '90000',
  }),
  DEEPSEEK_THINKING: defaulted(oneOf('default', 'off'), {
    about: { en: 'off asks the model not to think first, where it can.', zh: 'off 表示在支持时关闭模型思考。' },
    example: 'off',
    fallback: 'default',
  }),
  REHEARSAL_PORT: optional(port(), {
    about: { en: 'Port of the rehearsal model (demo only).', zh: '演练模型端口（仅演示）。' },
    example: '8001',
  }),
};
