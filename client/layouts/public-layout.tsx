import type { ComponentChildren } from 'preact';
import { Document, type PageHead } from './document.tsx';
import { Footer } from './footer.tsx';
import { Masthead } from './masthead.tsx';

interface PublicLayoutProps extends PageHead {
  /** Class of `main`. */
  page?: string | undefined;
  children: ComponentChildren;
}

export function PublicLayout({ page, children, ...head }: PublicLayoutProps) {
  return (
    <Document {...head}>
      <Masthead />
      <main id="main" class={page} tabIndex={-1}>
        {children}
      </main>
      <Footer />
    </Document>
  );
}
