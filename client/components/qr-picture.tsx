/** An `<svg>` the server drew; the key beneath it says the same in letters. */
export function QrPicture({ svg, label }: { svg: string; label: string }) {
  return <div role="img" aria-label={label} dangerouslySetInnerHTML={{ __html: svg }} />;
}
