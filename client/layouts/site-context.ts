import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** What every page knows about the installation and the request. */
export interface Site {
  readonly name: string;
  /** Without a slash at the end. */
  readonly publicUrl: string;
  /** Path of this request, without its query. */
  readonly path: string;
  readonly assets: { readonly styles: readonly string[]; readonly script: string | null };
  readonly signedIn: { readonly email: string; readonly isMember: boolean } | null;
  /** Where captured mail is read; null in production. */
  readonly mailboxPath: string | null;
  /** ISO instant. */
  readonly now: string;
}

export const SiteContext = createContext<Site | null>(null);

export function useSite(): Site {
  const site = useContext(SiteContext);
  if (!site) throw new Error('A page was rendered without its site: wrap it in SiteContext.Provider.');
  return site;
}
