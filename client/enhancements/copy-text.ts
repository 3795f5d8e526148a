/** Shows a copy button, which without script or clipboard would do nothing. */
export function copyText(button: HTMLElement): void {
  const source = document.getElementById(button.dataset.copies ?? '');
  // The clipboard is missing on plain http addresses other than localhost; its type does not say so.
  if (!source || !('clipboard' in navigator)) return;
  const label = button.textContent;
  button.hidden = false;
  button.setAttribute('aria-live', 'polite');
  button.addEventListener('click', () => {
    void navigator.clipboard.writeText(textOf(source)).then(() => {
      button.textContent = 'Copied';
      setTimeout(() => (button.textContent = label), 2000);
    });
  });
}

function textOf(source: HTMLElement): string {
  const items = [...source.querySelectorAll('li')].map((item) => item.textContent.trim());
  return items.length > 0 ? items.join('\n') : source.textContent.trim();
}
