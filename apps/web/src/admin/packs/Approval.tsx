import { App, Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../../api/problem';
import { Field } from '../../app/Field';
import { useFormats } from '../../i18n/formats';
import { useSession } from '../../session/session';
import { instantOf, localTime } from '../local-time';
import { RadioChoices } from '../RadioChoices';
import { Fault } from '../Reading';
import { approverFault } from './approver';
import { type RulePacks, useApprove } from './use-rule-packs';

/** Approves a version, from now or from a moment on; who may not is told why. */
export const Approval = ({ packs }: { readonly packs: RulePacks }) => {
  const { t } = useTranslation('packs');
  const fault = approverFault(useSession(), packs);
  return (
    <section className="card" aria-labelledby="approval">
      <h2 id="approval">{t('approval')}</h2>
      <p>{t('approvalMeans')}</p>
      {fault === null ? (
        <ApprovalForm packs={packs} />
      ) : (
        <p className="quiet">{t(`approverFaults.${fault}`, { name: packs.editorName })}</p>
      )}
    </section>
  );
};

const ApprovalForm = ({ packs }: { readonly packs: RulePacks }) => {
  const { t } = useTranslation('packs');
  const { dateTime } = useFormats();
  const { modal, message } = App.useApp();
  const { timeZone } = useSession().organisation;
  const [when, setWhen] = useState<'now' | 'later'>('now');
  const [local, setLocal] = useState(() => localTime(Date.now() + 60 * 60_000, timeZone));
  const approving = useApprove(packs);
  const at = when === 'now' ? null : instantOf(local, timeZone);
  const ready = when === 'now' || at !== null;
  const past = isProblem(approving.error, 'VALIDATION_FAILED');
  const approve = (): void =>
    void modal.confirm({
      title: t('approveTitle', { number: packs.number }),
      content: at === null ? t('approveNow') : t('approveLater', { at: dateTime(at) }),
      okText: t('approve'),
      onOk: () =>
        approving.mutateAsync(at).then(
          () => void message.success(t('approvedNow', { number: packs.number })),
          () => undefined,
        ),
    });
  return (
    <div className="admin-form">
      <RadioChoices
        legend={t('effectiveFrom')}
        value={when}
        onChange={setWhen}
        options={(['now', 'later'] as const).map((value) => ({
          value,
          label: t(`when.${value}.name`),
          hint: t(`when.${value}.means`),
        }))}
      />
      {when === 'later' && (
        <Field label={t('moment')} hint={t('momentHint')} fault={past ? t('momentPast') : null}>
          {(id) => (
            <Input
              id={id}
              className="moment"
              type="datetime-local"
              value={local}
              onChange={(event) => setLocal(event.target.value)}
            />
          )}
        </Field>
      )}
      {!past && <Fault thrown={approving.error} />}
      <div className="admin-actions">
        <Button type="primary" disabled={!ready} loading={approving.isPending} onClick={approve}>
          {t('approve')}
        </Button>
      </div>
    </div>
  );
};
