/** The texts of administration and operations. */
export const texts = import.meta.glob<Record<string, unknown>>(
  './zh-CN/{admin,audit,automation,exports,kiosks,machines,packs,quality,users,ops,timeline,today}.json',
  {
    eager: true,
    import: 'default',
  },
);
