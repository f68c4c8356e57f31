import i18next, { type Resource } from 'i18next';
import { initReactI18next } from 'react-i18next';

/** The languages of the product; Chinese is the source of truth for clinical words. */
export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];

const files = import.meta.glob<Record<string, unknown>>('./{zh-CN,en}/*.json', { eager: true, import: 'default' });

const resources: Resource = {};
for (const [path, texts] of Object.entries(files)) {
  const [, language = '', namespace = ''] = /\.\/([^/]+)\/([^/]+)\.json$/.exec(path) ?? [];
  (resources[language] ??= {})[namespace] = texts as Resource[string][string];
}

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
    resources,
    lng: firstLanguage(),
    fallbackLng: false,
    defaultNS: 'common',
    interpolation: { escapeValue: false }, // React escapes
    returnNull: false,
  });
  document.documentElement.lang = i18next.language;
};

/** Speaks another language from now on, and on this PC until somebody says otherwise. */
export const speak = async (language: Language): Promise<void> => {
  localStorage.setItem(remembered, language);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
};

/** A text that comes in both languages with the data. */
export interface Both {
  readonly zh: string;
  readonly en: string;
}
