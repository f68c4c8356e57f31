import { Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Role, roles } from '#libs/auth/roles';
import { isProblem } from '../../api/problem';
import { Field } from '../../app/Field';
import { useSession } from '../../session/session';
import { Fault } from '../Reading';
import { type GrantFault, grantFault, isAdministrator } from './grant-rules';
import { type User, useGrantRole } from './use-users';

const everywhere = 'everywhere';

/** What the API refuses where somebody else was faster than what is shown. */
const refused = (thrown: unknown): GrantFault | null => {
  if (!isProblem(thrown, 'CONFLICT')) return null;
  const { reason, holds } = thrown.detail;
  if (reason === 'held-already') return { why: 'held' };
  return reason === 'administrators-exclude-each-other' ? { why: 'administrator', holds: holds as Role } : null;
};

/** Gives a person a role on one ward or on all, and explains what cannot be given. */
export const NewGrantDialog = ({ user, onClose }: { readonly user: User; readonly onClose: () => void }) => {
  const { t } = useTranslation(['users', 'person']);
  const { wards } = useSession();
  const [role, setRole] = useState<Role | null>(null);
  const [where, setWhere] = useState(everywhere);
  const granting = useGrantRole(user.id);
  const administrator = role !== null && isAdministrator(role);
  const wardId = administrator || where === everywhere ? null : where;
  const fault = refused(granting.error) ?? (role && grantFault(user.grants, { role, wardId }));
  const said =
    fault && t(`faults.${fault.why}`, { holds: fault.why === 'held' ? '' : t(`person:roles.${fault.holds}`) });
  const grant = (): void => {
    if (role && !fault) granting.mutate({ role, wardId }, { onSuccess: onClose });
  };
  return (
    <Modal
      open
      title={t('grantTitle', { name: user.displayName })}
      okText={t('grant')}
      okButtonProps={{ disabled: role === null || fault !== null, loading: granting.isPending }}
      onOk={grant}
      onCancel={onClose}
    >
      <div className="admin-form">
        <Field label={t('role')} fault={said} hint={administrator ? t('administratorHint') : null}>
          {(id) => (
            <Select<Role>
              id={id}
              value={role}
              onChange={(chosen) => {
                granting.reset();
                setRole(chosen);
              }}
              options={roles.map((value) => ({ value, label: t(`person:roles.${value}`) }))}
            />
          )}
        </Field>
        <Field label={t('ward')} hint={administrator ? t('administratorEverywhere') : null}>
          {(id) => (
            <Select
              id={id}
              disabled={administrator}
              value={administrator ? everywhere : where}
              onChange={setWhere}
              options={[
                { value: everywhere, label: t('person:allWards') },
                ...wards.map(({ id: value, name: label }) => ({ value, label })),
              ]}
            />
          )}
        </Field>
        {!fault && <Fault thrown={granting.error} />}
      </div>
    </Modal>
  );
};
