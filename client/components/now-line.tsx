/** How far through its slot the day is. Drawn in SVG because its place is a number, and no style attribute may carry it. */
export function NowLine({ percent }: { percent: number }) {
  const through = `${Math.min(96, Math.max(4, percent))}%`;
  return (
    <>
      <p class="now">Now</p>
      <svg class="now-line" aria-hidden="true" focusable="false">
        <line x1="0" x2="100%" y1={through} y2={through} />
      </svg>
    </>
  );
}
