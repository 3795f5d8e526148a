import type { ComponentChildren } from 'preact';
import { useSite } from './site-context.ts';

export interface PageHead {
  /** Without the name of the site. */
  title: string;
  description?: string | undefined;
  /** schema.org data, as an object. */
  structuredData?: object | undefined;
  /** Path of a further stylesheet, such as an event's accent. */
  stylesheet?: string | null | undefined;
  /** Path of a picture for link previews. */
  picture?: string | null | undefined;
  openGraphType?: 'website' | 'article' | 'profile' | undefined;
  /** Pages that belong to one person or to no catalogue. */
  hidden?: boolean | undefined;
}

interface DocumentProps extends PageHead {
  bodyClass?: string | undefined;
  children: ComponentChildren;
}

export function Document({ bodyClass, children, ...head }: DocumentProps) {
  const site = useSite();
  const address = site.publicUrl + site.path;
  return (
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{head.title === site.name ? site.name : `${head.title} - ${site.name}`}</title>
        {head.description && <meta name="description" content={head.description} />}
        {head.hidden ? <meta name="robots" content="noindex" /> : <link rel="canonical" href={address} />}
        <meta name="color-scheme" content="light dark" />
        {!head.hidden && <OpenGraph {...head} address={address} />}
        {[...site.assets.styles, ...(head.stylesheet ? [head.stylesheet] : [])].map((href) => (
          <link key={href} rel="stylesheet" href={href} />
        ))}
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link
          rel="alternate"
          type="application/rss+xml"
          title={`Events from ${site.name}`}
          href="/events.rss"
        />
        {head.structuredData && <StructuredData data={head.structuredData} />}
        {site.assets.script && <script type="module" src={site.assets.script} />}
      </head>
      <body class={bodyClass}>
        <a class="skip" href="#main">
          Skip to main content
        </a>
        {children}
      </body>
    </html>
  );
}

function OpenGraph({ title, description, picture, openGraphType, address }: PageHead & { address: string }) {
  const site = useSite();
  const entries = {
    'og:type': openGraphType ?? 'website',
    'og:site_name': site.name,
    'og:title': title,
    'og:description': description,
    'og:url': address,
    'og:locale': 'en_GB',
    'og:image': picture ? site.publicUrl + picture : undefined,
  };
  return Object.entries(entries).map(([property, content]) =>
    content ? <meta key={property} property={property} content={content} /> : null,
  );
}

/** A data block never runs, so the content security policy lets it stand inline. */
function StructuredData({ data }: { data: object }) {
  // "</script>" inside a title would end the block and let the rest run as markup.
  const json = JSON.stringify(data).replaceAll('<', '\\u003c');
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: json }} />;
}
