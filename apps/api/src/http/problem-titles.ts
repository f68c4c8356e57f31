import { errorCodes, type ErrorCode } from '#libs/errors/errors';

/** A language the API speaks. */
export type Language = 'zh' | 'en';

const zh: Partial<Record<ErrorCode, string>> = {
  VALIDATION_FAILED: '请求内容不符合要求；paths 列出了有问题的字段',
  UNAUTHENTICATED: '没有登录，或登录已失效',
  PASSWORD_EXPIRED: '临时密码已过期，请联系管理员重新发放',
  SESSION_LOCKED: '会话因长时间未操作而锁定，请输入密码解锁',
  STEP_UP_REQUIRED: '此项签署需要再次输入密码',
  PASSWORD_CHANGE_REQUIRED: '当前为临时密码，请先修改密码',
  CSRF_REJECTED: '修改请求缺少本会话的 CSRF 令牌，或来自其他网站',
  FORBIDDEN: '您的角色或权限不允许此操作',
  ADDRESS_REFUSED: '此令牌不能在这个网络地址使用',
  SEPARATION_OF_DUTIES: '职责分离：此签名须由他人完成',
  NOT_FOUND: '不存在，或您无权查看',
  CONFLICT: '数据已被他人更改，请刷新后重试',
  RECEIVER_NOT_ENTITLED: '接班人无权签署其中的审核；reviews 列出了是哪几项',
  LIMIT_REACHED: '已达到可保存数量的上限，请先删除不用的',
  ALREADY_DECIDED: '已有人先作出决定',
  REVIEW_WITHDRAWN: '该审核已撤回',
  CLAIM_HELD: '该审核正由他人处理',
  STALE_DRAFT: '所示草稿已不是最新版本',
  STALE_FACTS: '之后录入的事实影响了所示内容，请先确认',
  STALE_VITALS: '生命体征已超过复评间隔或为院前所测，请重新测量',
  NO_DRAFT: '尚无草稿可供批准或修改',
  JUDGEMENT_REQUIRED: '请先录入您本人的判断',
  JUDGEMENT_EXISTS: '您在本轮已录入判断',
  ACTION_NOT_ALLOWED: '当前状态不允许此操作',
  AWAITING_SECOND: '已有第一签名，须由另一人签署',
  NOT_AWAITING_SECOND: '没有待会签的第一签名',
  TRANSITION_NOT_ALLOWED: '病例不能从当前状态这样流转',
  UNDO_EXPIRED: '已超过撤销时限，或不是最后一步操作',
  VERSION_MISMATCH: '版本已变化，请刷新后重试',
  VERSION_REQUIRED: '请求须带 If-Match',
  EXPORT_TOO_LARGE: '导出行数超过上限，请缩小范围',
  EXPORT_CHANGED: '行数与确认时不同，请重新核对',
  PAYLOAD_TOO_LARGE: '请求内容过大',
  UNSUPPORTED_MEDIA_TYPE: '请求内容的类型不受支持',
  REASON_REQUIRED: '与草稿或判断不同，请选择原因',
  REASON_UNKNOWN: '原因代码不在可选范围内',
  IDEMPOTENCY_KEY_REUSED: '同一 Idempotency-Key 用于了不同的请求',
  IDEMPOTENCY_KEY_REQUIRED: '请求须带 Idempotency-Key',
  RATE_LIMITED: '请求过于频繁，请稍后再试',
  INTERNAL: '系统内部错误，请告知管理员请求编号',
  DATABASE_UNAVAILABLE: '数据库暂时不可用，请稍后重试',
  AUDIT_UNAVAILABLE: '审计记录无法写入，因此未作任何更改或显示',
  MODEL_UNREACHABLE: '模型服务没有应答',
  MODEL_TIMEOUT: '模型服务超时',
  MODEL_RATE_LIMITED: '模型服务限流',
  MODEL_REFUSED: '模型服务拒绝了请求',
  MODEL_BAD_ANSWER: '模型的回答不可用',
  MODEL_BREAKER_OPEN: '模型服务连续失败，已暂停调用',
  MODEL_BUSY: '模型服务繁忙',
  MODEL_CANCELLED: '草稿请求已取消',
  EGRESS_REFUSED: '模型地址不在允许范围内',
  PAYLOAD_REJECTED: '数据无法解密或绑定不符',
  KEY_UNAVAILABLE: '缺少解密所需的密钥',
  UNBACKED_SIGNAL: '信号没有对应的决定记录',
};

/** What a problem is called for a person. A code without its own Chinese title gets the general one. */
export const problemTitle = (code: ErrorCode, language: Language): string =>
  language === 'en' ? errorCodes[code].when : (zh[code] ?? zh.INTERNAL ?? code);

/** The codes that have a Chinese title. */
export const titledCodes = Object.keys(zh) as ErrorCode[];
