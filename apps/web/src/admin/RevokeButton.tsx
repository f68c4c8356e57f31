import { App, Button } from 'antd';
import { ProblemText } from '../app/ProblemText';

interface RevokeButtonProps {
  readonly label: string;
  /** What is asked before, and what it means. */
  readonly title: string;
  readonly means: string;
  readonly revoke: () => Promise<unknown>;
}

/** Takes something back for good, after a question; says why where it could not. */
export const RevokeButton = ({ label, title, means, revoke }: RevokeButtonProps) => {
  const { message, modal } = App.useApp();
  const ask = (): void =>
    void modal.confirm({
      title,
      content: means,
      okText: label,
      okButtonProps: { danger: true },
      onOk: () =>
        revoke().then(
          () => undefined,
          (thrown: unknown) => void message.error(<ProblemText thrown={thrown} />),
        ),
    });
  return (
    <Button danger onClick={ask}>
      {label}
    </Button>
  );
};
