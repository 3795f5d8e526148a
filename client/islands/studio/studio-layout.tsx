import type { StudioCast } from './studio-cast.store.ts';
import type { Studio } from './studio.store.ts';
import { aloneLayouts, isOfOne, roomLayouts } from './studio-words.ts';

interface StudioLayoutProps {
  studio: Studio;
  /** null: there are no guests to place. */
  cast: StudioCast | null;
}

/** How the picture is made of what is on, and of whom. */
export function StudioLayout({ studio, cast }: StudioLayoutProps) {
  const layouts = cast ? roomLayouts : aloneLayouts;
  return (
    <>
      <fieldset class="studio-part">
        <legend>Layout</legend>
        {layouts.map(([layout, words]) => (
          <label key={layout} class="studio-choice">
            <input
              type="radio"
              name="layout"
              value={layout}
              checked={studio.layout.value === layout}
              onChange={() => studio.arrange(layout)}
            />
            {words}
          </label>
        ))}
      </fieldset>
      {cast && isOfOne(studio.layout.value) && <StudioChosen cast={cast} />}
    </>
  );
}

function StudioChosen({ cast }: { cast: StudioCast }) {
  const people = [
    ['camera', 'You'],
    ...cast.onAir.value.map(({ peerId, name }) => [peerId, name] as const),
  ] as const;
  const chosen = people.find(([id]) => id === cast.chosen.value)?.[0] ?? 'camera';
  return (
    <fieldset class="studio-part">
      <legend>Who is shown</legend>
      {people.map(([id, name]) => (
        <label key={id} class="studio-choice">
          <input
            type="radio"
            name="chosen"
            value={id}
            checked={chosen === id}
            onChange={() => cast.choose(id)}
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}
