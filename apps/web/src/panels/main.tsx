import './no-server';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { MemoryRouter } from 'react-router';
import { LivenessContext } from '../events/LiveChanges';
import { startTexts } from '../i18n/i18n';
import { SessionContext } from '../session/session';
import { Look } from '../theme/Look';
import '../theme/look.css';
import { acuityExamples } from '../triage/acuity/acuity.examples';
import i18next from 'i18next';
import { exampleSession } from './example';
import { Examples } from './Examples';
import { transferExamples, transferTexts } from './transfer.examples';

/* Every panel with made-up reviews and no server, for whoever builds one; Vite serves it at /panels.html, the product never. */
const panels = { 'triage/acuity': acuityExamples, 'transfer/handover': transferExamples };

const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
const root = document.getElementById('root');
if (root === null) throw new Error('no root');

await startTexts();
for (const [language, texts] of Object.entries(transferTexts)) i18next.addResourceBundle(language, 'transfer', texts);
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <MemoryRouter>
        <Look>
          <SessionContext value={exampleSession}>
            <LivenessContext value={{ connected: true, heardAt: Date.now() }}>
              <Examples of={panels} />
            </LivenessContext>
          </SessionContext>
        </Look>
      </MemoryRouter>
    </QueryClientProvider>
  </StrictMode>,
);
