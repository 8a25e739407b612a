/*
 * The communes as tiles are one stop of Tab: an arrow key goes to the next tile in its direction, Home and End to the
 * first and the last. Enter opens a tile, for it is a link. Without this script each tile is a stop of its own.
 */
(() => {
  "use strict";

  /** How much further away something aside is than something ahead. */
  const ASIDE = 3;
  /** @type {Record<string, [number, number]>} */
  const DIRECTIONS = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
  };

  /** @param {Element} tile */
  function middle(tile) {
    const { left, top, width, height } = tile.getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  }

  /**
   * The nearest tile in that direction, if there is one.
   * @param {HTMLElement[]} tiles
   * @param {HTMLElement} from
   * @param {[number, number]} direction
   */
  function nextTile(tiles, from, [right, down]) {
    const here = middle(from);
    /** @type {HTMLElement | undefined} */
    let nearest;
    let least = Number.POSITIVE_INFINITY;
    for (const tile of tiles) {
      const { x, y } = middle(tile);
      const ahead = (x - here.x) * right + (y - here.y) * down;
      const aside = Math.abs((x - here.x) * down) + Math.abs((y - here.y) * right);
      const far = ahead + ASIDE * aside;
      if (ahead < 1 || far >= least) continue;
      nearest = tile;
      least = far;
    }
    return nearest;
  }

  /** @param {HTMLElement} map */
  function walk(map) {
    const tiles = /** @type {HTMLElement[]} */ ([...map.querySelectorAll("a")]);
    /** @param {HTMLElement} chosen */
    const stop = (chosen) => {
      for (const tile of tiles) tile.tabIndex = tile === chosen ? 0 : -1;
    };
    const begin = tiles.find((tile) => tile.hasAttribute("aria-current")) ?? tiles[0];
    if (begin) stop(begin);
    map.addEventListener("keydown", (event) => {
      const from = /** @type {HTMLElement} */ (event.target);
      const direction = DIRECTIONS[event.key];
      const ends = { Home: tiles[0], End: tiles.at(-1) };
      const to = direction
        ? nextTile(tiles, from, direction)
        : ends[/** @type {"Home" | "End"} */ (event.key)];
      if (!to || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      stop(to);
      to.focus();
    });
  }

  /** @type {NodeListOf<HTMLElement>} */
  const maps = document.querySelectorAll(".tile-map");
  for (const map of maps) walk(map);
  /** @type {NodeListOf<HTMLElement>} */
  const told = document.querySelectorAll("[data-tile-keys]");
  for (const words of told) words.hidden = false;
})();
