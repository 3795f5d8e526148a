export function BackLink({ href, text }: { href: string; text: string }) {
  return (
    <p class="back">
      <a href={href}>{text}</a>
    </p>
  );
}
