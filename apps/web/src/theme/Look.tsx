import { App, ConfigProvider, theme, type ThemeConfig } from 'antd';
import en from 'antd/locale/en_US';
import zh from 'antd/locale/zh_CN';
import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../preferences/preferences';
import { useNight } from '../preferences/use-night';

const darkQuery = matchMedia('(prefers-color-scheme: dark)');
const stillQuery = matchMedia('(prefers-reduced-motion: reduce)');

const useMatches = (query: MediaQueryList): boolean =>
  useSyncExternalStore(
    (changed) => {
      query.addEventListener('change', changed);
      return () => query.removeEventListener('change', changed);
    },
    () => query.matches,
  );

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

/* Sizes for gloved hands; the colours are those of look.css, so that our own parts and antd's are one. */
const tokens = {
  light: {
    colorPrimary: '#0b5cad',
    colorLink: '#0b5cad',
    colorTextPlaceholder: '#6b7280',
    colorError: '#b3261e',
    colorWarning: '#8a4b00',
  },
  dark: {
    colorPrimary: '#5aa9ff',
    colorLink: '#7db8ff',
    colorTextPlaceholder: '#9aa3b2',
    colorError: '#ff8a80',
    colorWarning: '#ffc36b',
    colorBgBase: '#12161c',
    colorBgContainer: '#1a2029',
    colorBgElevated: '#232b36',
    colorBorder: '#4a5768',
  },
  night: {
    colorPrimary: '#f0b565',
    colorLink: '#f0b565',
    colorTextPlaceholder: '#b8a88f',
    colorError: '#ffab91',
    colorWarning: '#ffca7a',
    colorBgBase: '#14110d',
    colorBgContainer: '#1d1812',
    colorBgElevated: '#282118',
    colorBorder: '#5c4d3a',
    colorTextBase: '#e8d9c3',
  },
};

/* White on the light colours of the dark looks would be too faint. */
const onPrimary = { light: '#ffffff', dark: '#07131f', night: '#1d1406' };

/* Made once: a new object would have every part of the component kit drawn anew. */
const csp = { nonce };
// A space between the two signs of a word is not what its label says.
const button = { autoInsertSpace: false };

// look.css stops what moves: a part that waited for the end of its motion would never let itself be clicked.
const themeOf = (look: keyof typeof tokens, motion: boolean): ThemeConfig => ({
  algorithm: look === 'light' ? theme.defaultAlgorithm : theme.darkAlgorithm,
  components: { Button: { primaryColor: onPrimary[look], dangerColor: onPrimary[look] } },
  token: { ...tokens[look], fontFamily: 'inherit', controlHeight: 36, motionDurationSlow: '0.1s', motion },
});
const looks = (motion: boolean) => ({
  light: themeOf('light', motion),
  dark: themeOf('dark', motion),
  night: themeOf('night', motion),
});
const themes = { moving: looks(true), still: looks(false) };

/** The look of the page: light, dark or night shift as the person prefers, in their language. */
export const Look = ({ children }: { readonly children: ReactNode }) => {
  const { i18n } = useTranslation();
  const preferences = usePreferences();
  const systemDark = useMatches(darkQuery);
  const still = useMatches(stillQuery);
  const night = useNight();
  const dark = preferences.theme === 'dark' || (preferences.theme === 'system' && systemDark);
  const look = night ? 'night' : dark ? 'dark' : 'light';
  useEffect(() => {
    document.documentElement.dataset['look'] = look;
  }, [look]);
  return (
    <ConfigProvider
      locale={i18n.language === 'en' ? en : zh}
      csp={csp}
      button={button}
      theme={themes[still ? 'still' : 'moving'][look]}
    >
      <App component={false}>{children}</App>
    </ConfigProvider>
  );
};
