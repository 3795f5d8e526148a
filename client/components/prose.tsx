/** Markdown that the server rendered with raw HTML switched off. */
export function Prose({ html, lang }: { html: string; lang?: string | null | undefined }) {
  return <div class="prose" lang={lang ?? undefined} dangerouslySetInnerHTML={{ __html: html }} />;
}
