interface Island {
  mount(element: HTMLElement): void;
}

const islands = import.meta.glob<Island>('../islands/*/*.browser.ts');

/** Fetches the script of an island only on a page that has it; until then its server-rendered form stands. */
export function mountIslands(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLElement>('[data-island]')) {
    const name = element.dataset.island ?? '';
    const load = islands[`../islands/${name}/${name}.browser.ts`];
    if (load) void load().then((island) => island.mount(element));
    else console.error(`No island is called "${name}".`);
  }
}
