/** A share as a bar, beside the number that says the same. Attributes and not a style: the policy allows no styles inline. */
export function ShareBar({ percent }: { percent: number }) {
  return (
    <svg class="share-bar" aria-hidden="true">
      <rect class="all" width="100%" height="100%" />
      <rect width={`${percent}%`} height="100%" />
    </svg>
  );
}
