import { hasInvisible, visibleText } from './invisible';

/** Why a text looks as if it were written for the model and not for people. */
export const suspicions = [
  'instruction',
  'role-tag',
  'template-token',
  'encoded',
  'hidden',
  'markup',
  'formula',
  'container',
] as const;

/** One of {@link suspicions}. */
export type Suspicion = (typeof suspicions)[number];

/* Matched against the visible text in compatibility form, so that full-width and styled letters are plain ones. */
const patterns: Readonly<Record<Exclude<Suspicion, 'encoded' | 'hidden'>, readonly RegExp[]>> = {
  instruction: [
    /(?:忽略|无视|忘记|忘掉|抛开|不要(?:遵守|理会|执行)|绕过|推翻)[^。,;\n]{0,12}(?:指令|提示词|系统要求)/,
    /(?:忽略|无视|忘记|忘掉|抛开|不要(?:遵守|理会|执行)|绕过|推翻)[^。,;\n]{0,6}(?:以上|上述|上文|之前|前面|先前|所有|一切|全部|任何|你的|系统)[^。,;\n]{0,6}(?:内容|指示|规则|提示|设定|约束|限制)/,
    /\b(?:ignore|disregard|forget|override|bypass)\s+(?:\w+\s+){0,4}(?:instructions?|rules?|prompts?|guidelines|directions|above|constraints)\b/i,
    /从现在起,?你|你(?:现在|从现在起)(?:扮演|是一[个名位])|\byou are now\b|\bfrom now on,? you\b|\bpretend (?:to be|you)\b/i,
    /系统提示词|开发者模式|越狱|\bsystem prompt\b|\bdeveloper mode\b|\bjailbreak\b|\bDAN mode\b/i,
    /(?:把|将|必须|一律|直接|强制)(?:分诊|预检)?(?:级别|分级|level)[^。,;\n]{0,8}(?:改|设|定|判|输出)(?:为|成)|(?:级别|分级|level)[^。,;\n]{0,4}(?:必须|一律|直接|强制)(?:改|设|定|判|输出)?(?:为|成)|(?:直接|只|仅)(?:输出|回答|返回)[^。,;\n]{0,4}(?:级别|分级|level|json)/i,
    /\b(?:set|change|force|output|return|answer)\s+(?:(?:the|this|its|my|only|just|a|triage|acuity|final)\s+){0,3}(?:level|acuity|json)\b|\brespond only with\b/i,
    /自动(?:批准|签字|签名|审批|通过)|跳过(?:审核|复核|签字|人工)|\bauto-?(?:approve|sign)\b|\bskip (?:the )?(?:review|approval|signature)\b/i,
  ],
  'role-tag': [
    /^\s*(?:system|assistant|developer|系统|助手|助理|开发者)\s*:/im,
    /<\s*\/?\s*(?:system|assistant|user|developer|instructions?|prompt|input|patient_data|tool)\b/i,
    /\[\s*\/?\s*(?:system|assistant|inst|系统)\s*\]|【\s*(?:系统|助手|管理员)\s*(?:】|消息|提示|指令)/i,
    /^\s*#{2,}\s*(?:instructions?|system|response|assistant|指令|系统|回答)/im,
    /"role"\s*:\s*"(?:system|assistant|developer)"/i,
  ],
  'template-token': [
    /<\s*\|[^<>]{0,60}\|\s*>/,
    /<\/?s>|<<\s*\/?sys\s*>>|<(?:start|end)_of_turn>|<\/?think>|<(?:bos|eos|pad|unk)>/i,
  ],
  markup: [
    /!\[[^\]]*\]\s*\(|\[[^\]]*\]\(\s*(?:https?:|\/\/|javascript:)/i,
    /<\s*(?:img|iframe|script|svg|link|object|embed|video|audio|form|style|meta|a|base)\b|\bon(?:error|load)\s*=/i,
    /\bjavascript:|\bdata:text\/html|\bhttps?:\/\//i,
  ],
  formula: [
    /^\s*[=@]\s*[A-Z(+-]/im,
    /\b(?:hyperlink|webservice|importxml|importdata|dde)\s*\(/i,
    // A list of findings has its brackets too: "- CT (plain)".
    /\bcmd\s*\||^\s*[+-]\s*[a-z]{2,}\s*\(\s*(?:["']|[a-z]+\()/im,
  ],
  container: [/[}\]]\s*(?:,\s*["'{]|\{).{0,40}\w\\?["']?\s*:|\]\]>|```\s*(?:json|system)?\s*\{/s],
};

const RUN = /[A-Za-z0-9+/_-]{24,}={0,2}/g;
const ESCAPES = /(?:\\x[0-9a-f]{2}){6,}|(?:\\u[0-9a-f]{4}){4,}|(?:%[0-9a-f]{2}){6,}|(?:&#x?[0-9a-f]{2,6};){4,}/i;

/** Whether a run of letters is text in base64: it decodes to UTF-8 that people can read. */
const isBase64 = (run: string): boolean => {
  if (!/[a-z]/.test(run) || !/[A-Z]/.test(run)) return false;
  const decoded = Buffer.from(run, 'base64').toString('utf8');
  return decoded.length >= 12 && /^[\p{L}\p{N}\p{P}\p{Zs}\p{S}\n]+$/u.test(decoded) && !decoded.includes('\uFFFD');
};

const isEncoded = (text: string): boolean => ESCAPES.test(text) || (text.match(RUN) ?? []).some(isBase64);

const of = (text: string): Suspicion[] => {
  const plain = visibleText(text).normalize('NFKC');
  const found = Object.entries(patterns).flatMap(([name, ones]) => (ones.some((one) => one.test(plain)) ? [name] : []));
  return suspicions.filter(
    (name) =>
      found.includes(name) || (name === 'encoded' && isEncoded(plain)) || (name === 'hidden' && hasInvisible(text)),
  );
};

/**
 * Why texts look like an attempt to steer the model, for the reviewer to know; empty for ordinary ones. It is a label:
 * nothing rests on it, for a draft changes nothing by itself whatever it says (OWASP LLM01).
 */
export const suspicionsIn = (texts: readonly string[]): Suspicion[] => [...new Set(texts.flatMap(of))].toSorted();
