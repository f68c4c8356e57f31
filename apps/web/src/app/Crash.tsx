import { Component, type ReactNode } from 'react';
import { Translation } from 'react-i18next';

/** Shows what to do when a page fails to render, instead of a blank screen. React has no function for this. */
export class Crash extends Component<{ readonly children: ReactNode }, { readonly failed: string | null }> {
  override state = { failed: null };

  static getDerivedStateFromError(thrown: unknown): { failed: string } {
    return { failed: thrown instanceof Error ? thrown.name : 'unknown' };
  }

  override render(): ReactNode {
    const { failed } = this.state;
    if (failed === null) return this.props.children;
    return (
      <Translation ns="common">
        {(t) => (
          <main className="sign-in" role="alert">
            <div className="sign-in-card">
              <h1>{t('crashTitle')}</h1>
              <p>{t('crashText')}</p>
              <code>{failed}</code>
              <button type="button" onClick={() => location.reload()}>
                {t('reload')}
              </button>
            </div>
          </main>
        )}
      </Translation>
    );
  }
}
