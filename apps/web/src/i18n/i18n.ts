import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

/** The languages of the product; Chinese is the source of truth for clinical words. */
export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];

/** Texts come by part and language, when they are first needed: a nurse's PC fetches none of an administrator's. */
const parts = {
  desk: { 'zh-CN': () => import('./desk.zh-CN'), en: () => import('./desk.en') },
  office: { 'zh-CN': () => import('./office.zh-CN'), en: () => import('./office.en') },
} as const;
type Part = keyof typeof parts;

const wanted = new Set<Part>(['desk']);

const load = async (part: Part, language: Language): Promise<void> => {
  const { texts } = await parts[part][language]();
  for (const [path, ofNamespace] of Object.entries(texts)) {
    const namespace = /([^/]+)\.json$/.exec(path)?.[1] ?? '';
    i18next.addResourceBundle(language, namespace, ofNamespace);
  }
};

const spoken = (): Language => (i18next.language === 'en' ? 'en' : 'zh-CN');

/** Fetches the texts of administration and operations; before one of their screens is shown. */
export const needOfficeTexts = (): Promise<void> => {
  wanted.add('office');
  return load('office', spoken());
};

const remembered = 'countersign-language';

/** The language this PC last used, else the browser's, else Chinese. */
const firstLanguage = (): Language => {
  const kept = localStorage.getItem(remembered);
  if (kept === 'zh-CN' || kept === 'en') return kept;
  return navigator.language.startsWith('en') ? 'en' : 'zh-CN';
};

/** Prepares the texts; once, before anything is shown. */
export const startTexts = async (): Promise<void> => {
  await i18next.use(initReactI18next).init({
    resources: {},
    lng: firstLanguage(),
    fallbackLng: false,
    defaultNS: 'common',
    interpolation: { escapeValue: false }, // React escapes
    returnNull: false,
  });
  await load('desk', spoken());
  document.documentElement.lang = i18next.language;
};

/** Speaks another language from now on, and on this PC until somebody says otherwise. */
export const speak = async (language: Language): Promise<void> => {
  localStorage.setItem(remembered, language);
  await Promise.all([...wanted].map((part) => load(part, language)));
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
};

/** A text that comes in both languages with the data. */
export interface Both {
  readonly zh: string;
  readonly en: string;
}
