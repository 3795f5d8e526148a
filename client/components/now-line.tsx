/** How far through its slot the day is. Drawn in SVG because its place is a number, and no style attribute may carry it. */
export function NowLine({ percent }: { percent: number }) {
  const through = `${Math.min(92, Math.max(12, percent))}%`;
  return (
    <>
      <p class="now">Now</p>
      <svg class="now-line" aria-hidden="true" focusable="false">
        <line x1="0" x2="100%" y1={through} y2={through} />
        <svg class="now-label" x="20" y={through}>
          <rect y="-13" width="48" height="26" rx="4" />
          <text x="24" y="5">
            Now
          </text>
        </svg>
      </svg>
    </>
  );
}
