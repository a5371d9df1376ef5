import { Button } from '#ui/button.tsx';
import { m } from '#i18n/generated/messages.js';

/** Opens the next rows of a list that was cut to open quickly; nothing when all are shown. */
export function ShowMore({ count, onShow }: { readonly count: number; readonly onShow: () => void }) {
  if (count === 0) return null;
  return (
    <Button onClick={onShow} style={{ justifySelf: 'start' }}>
      {m.patients_show_more({ count })}
    </Button>
  );
}
