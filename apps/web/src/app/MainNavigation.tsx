import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, useLocation } from 'react-router';
import { type Screen } from './screens';

/* More links than these are not read any more. */
const mostLinks = 7;

/** Where one may go; the administrator's and IT's screens under one menu where they would be too many. */
export const MainNavigation = ({ screens }: { readonly screens: readonly Screen[] }) => {
  const { t } = useTranslation('nav');
  const gathered = screens.length > mostLinks ? screens.filter(({ group }) => group !== 'desk') : [];
  const links = screens.filter((screen) => !gathered.includes(screen));
  return (
    <nav aria-label={t('main')}>
      {links.map(({ id, path }) => (
        <NavLink key={id} to={path}>
          {t(id)}
        </NavLink>
      ))}
      {gathered.length > 0 && <Gathered screens={gathered} />}
    </nav>
  );
};

const Gathered = ({ screens }: { readonly screens: readonly Screen[] }) => {
  const { t } = useTranslation('nav');
  const { pathname } = useLocation();
  const here = screens.find(({ path }) => pathname.startsWith(path));
  const items = screens.map(({ id, path }) => ({ key: id, label: <Link to={path}>{t(id)}</Link> }));
  return (
    <Dropdown menu={{ items, selectedKeys: here ? [here.id] : [] }} trigger={['click']}>
      <Button type="text" className={here ? 'nav-menu active' : 'nav-menu'} aria-haspopup="menu">
        {here ? `${t('administration')} · ${t(here.id)}` : t('administration')} ▾
      </Button>
    </Dropdown>
  );
};
