import { Spin } from 'antd';
import { Suspense } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { LiveChanges } from '../events/LiveChanges';
import { useSession } from '../session/session';
import { Frame } from './Frame';
import { NotFound } from './NotFound';
import { screensOf } from './screens';

/** The screens of whoever is signed in, within the frame that all share. */
export const Screens = () => {
  const offered = screensOf(useSession());
  const first = offered.find(({ hidden }) => hidden !== true)?.path ?? '/none';
  return (
    <LiveChanges>
      <Frame>
        <Suspense fallback={<Spin delay={300} />}>
          <Routes>
            <Route path="/" element={<Navigate to={first} replace />} />
            {offered.map(({ id, path, Component }) => (
              <Route key={id} path={path} element={<Component />} />
            ))}
            <Route path="*" element={<NotFound />} />
          </Routes>
        </Suspense>
      </Frame>
    </LiveChanges>
  );
};
