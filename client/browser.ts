import { copyText } from './enhancements/copy-text.ts';
import { focusOnLoad } from './enhancements/focus-on-load.ts';
import { showLocalAgendaTimes, showLocalDateline, showLocalMoment } from './enhancements/local-time.ts';
import { pressStar } from './enhancements/star.ts';
import { mountIslands } from './enhancements/mount-islands.ts';

const enhancements: Readonly<Record<string, (element: HTMLElement) => void>> = {
  copy: copyText,
  dateline: showLocalDateline,
  'agenda-times': showLocalAgendaTimes,
  moment: showLocalMoment,
  focus: focusOnLoad,
  star: pressStar,
};

for (const element of document.querySelectorAll<HTMLElement>('[data-enhance]')) {
  enhancements[element.dataset.enhance ?? '']?.(element);
}
mountIslands(document);
