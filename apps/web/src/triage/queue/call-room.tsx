import { App, Input } from 'antd';
import { useTranslation } from 'react-i18next';

/* The room last called to on this PC: most desks call to one. */
let lastRoom = '';

/** Asks to which room a patient is called; Enter takes the one that was used last. */
export const useCallRoom = () => {
  const { t } = useTranslation(['queue', 'triage']);
  const { modal } = App.useApp();
  return (onRoom: (room: string) => void): void => {
    let room = lastRoom;
    const take = (): void => {
      lastRoom = room.trim();
      if (lastRoom !== '') onRoom(lastRoom);
    };
    const asking = modal.confirm({
      icon: null,
      title: t('callTo'),
      okText: t('triage:moves.call'),
      content: (
        <Input
          autoFocus
          defaultValue={room}
          maxLength={40}
          aria-label={t('room')}
          placeholder={t('room')}
          onChange={(event) => (room = event.target.value)}
          onPressEnter={(event) => {
            if (event.nativeEvent.isComposing) return;
            asking.destroy();
            take();
          }}
        />
      ),
      onOk: take,
    });
  };
};
