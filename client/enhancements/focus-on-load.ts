/** A form that came back starts at its error summary, also for people who cannot see it. */
export function focusOnLoad(element: HTMLElement): void {
  element.focus({ preventScroll: false });
}
