import { Prose } from '../../components/prose.tsx';
import { PublicLayout } from '../../layouts/public-layout.tsx';

/** Privacy, accessibility statement, terms: Markdown that the operator keeps. */
export interface DocumentPageProps {
  title: string;
  /** Rendered without its first heading, which is the title. */
  html: string;
  /** "Tuesday 9 March 2027" */
  updatedOn: string | null;
}

export function DocumentPage({ title, html, updatedOn }: DocumentPageProps) {
  return (
    <PublicLayout title={title} openGraphType="article">
      <article class="wrap document-page">
        <h1>{title}</h1>
        {updatedOn && <p class="muted">Last changed on {updatedOn}</p>}
        <Prose html={html} />
      </article>
    </PublicLayout>
  );
}
