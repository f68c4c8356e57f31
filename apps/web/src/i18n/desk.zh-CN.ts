/** The texts of the desks and of what all screens share. */
export const texts = import.meta.glob<Record<string, unknown>>(
  [
    './zh-CN/*.json',
    '!./zh-CN/{admin,audit,automation,exports,kiosks,machines,packs,quality,users,ops,timeline,today}.json',
  ],
  { eager: true, import: 'default' },
);
