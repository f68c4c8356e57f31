import { App } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

const linkOf = (target: EventTarget | null): HTMLAnchorElement | null =>
  target instanceof Element ? target.closest<HTMLAnchorElement>('a[href]') : null;

/** Warns before leaving while something would be left open: unsent, or kept in this browser alone. */
export const useLeaveGuard = (unsafe: boolean): void => {
  const { t } = useTranslation(['reviews', 'common']);
  const { modal } = App.useApp();
  const navigate = useNavigate();
  useEffect(() => {
    if (!unsafe) return undefined;
    const onUnload = (event: BeforeUnloadEvent): void => event.preventDefault();
    const onClick = (event: MouseEvent): void => {
      const link = linkOf(event.target);
      const away = link !== null && link.origin === location.origin && link.target === '' && !link.hash;
      if (!away || event.ctrlKey || event.metaKey || event.button !== 0 || link.pathname === location.pathname) return;
      event.preventDefault();
      event.stopPropagation();
      const { pathname, search } = link;
      void modal.confirm({
        title: t('leave'),
        content: t('leaveSays'),
        okText: t('leaveAnyway'),
        cancelText: t('stayHere'),
        onOk: () => void navigate({ pathname, search }),
      });
    };
    window.addEventListener('beforeunload', onUnload);
    document.addEventListener('click', onClick, true);
    return () => {
      window.removeEventListener('beforeunload', onUnload);
      document.removeEventListener('click', onClick, true);
    };
  }, [unsafe, modal, navigate, t]);
};
