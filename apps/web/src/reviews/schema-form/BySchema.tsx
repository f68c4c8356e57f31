import { useQuery } from '@tanstack/react-query';
import { Alert, Spin } from 'antd';
import { type ReactNode, useMemo } from 'react';
import { answered, api } from '../../api/client';
import { type Review } from '../../api/types';
import { ProblemText } from '../../app/ProblemText';
import { type AnyPanel, panelOf } from '../panel';
import { type GateForm } from './gate-form';
import { schemaPanel } from './schema-panel';

interface Props {
  readonly review: Review;
  readonly children: (panel: AnyPanel) => ReactNode;
}

/** Gives a review whose process brings no panel the one of its schema. */
export const BySchema = ({ review: { process, step }, children }: Props) => {
  const { data, error } = useQuery({
    queryKey: ['gate-form', process, step],
    queryFn: () => answered(api.GET('/api/gates/{process}/{step}/form', { params: { path: { process, step } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const panel = useMemo(() => data && panelOf(schemaPanel(data as unknown as GateForm)), [data]);
  if (error) return <Alert type="error" showIcon role="alert" title={<ProblemText thrown={error} />} />;
  return panel ? children(panel) : <Spin delay={300} />;
};
