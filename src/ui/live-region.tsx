import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';

type Announce = (text: string) => void;

const AnnounceContext = createContext<Announce>(() => undefined);

/** Puts text into the one polite live region of the page. */
export function useAnnounce(): Announce {
  return useContext(AnnounceContext);
}

/** The page's one live region. Panels that change are not live themselves, or every key would be read aloud. */
export function LiveRegion({ children }: { readonly children: ReactNode }) {
  const [text, setText] = useState('');
  const announce = useCallback<Announce>((next) => setText(next), []);
  return (
    <AnnounceContext value={announce}>
      {children}
      <div className="v-sr" aria-live="polite" aria-atomic="true" role="status">
        {text}
      </div>
    </AnnounceContext>
  );
}
