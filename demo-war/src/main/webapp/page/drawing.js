/** Draws one bucket: the water follows the level it is told, smoothly. */
const RIM = 66;
const BOTTOM = 242;
const MOST_TICKS = 20;
const SVG = 'http://www.w3.org/2000/svg';

let drawings = 0;

export class Drawing {
  #figure;
  #water;
  #ticks;
  #whole;
  #of;
  #capacity = 0;
  #shown;

  constructor(figure) {
    this.#figure = figure;
    this.#water = figure.querySelector('.water');
    this.#ticks = figure.querySelector('.ticks');
    this.#whole = figure.querySelector('.whole');
    this.#of = figure.querySelector('.of');
    const id = `inside-${++drawings}`; // two drawings in one page
    figure.querySelector('.inside').id = id;
    figure.querySelector('.clipped').setAttribute('clip-path', `url(#${id})`);
  }

  /**
   * @param {Level} level
   * @param {number} now milliseconds
   * @param {number} passed milliseconds since the frame before
   */
  draw(level, now, passed) {
    this.#setCapacity(level);
    const tokens = level.at(now);
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches || this.#shown === undefined;
    this.#shown = still ? tokens : this.#shown + (tokens - this.#shown) * (1 - Math.exp(-passed / 140));
    const y = BOTTOM - (this.#shown / level.capacity) * (BOTTOM - RIM);
    this.#water.setAttribute('transform', `translate(0 ${y.toFixed(2)})`);
    const whole = Math.floor(tokens + 1e-9);
    const text = String(whole);
    if (this.#whole.textContent !== text) {
      this.#whole.textContent = text;
    }
    this.#figure.dataset.level = whole === 0 ? 'empty' : tokens >= level.capacity ? 'full' : 'between';
  }

  /** Nobody knows the level any more. */
  forget() {
    this.#whole.textContent = '\u2013';
    this.#figure.dataset.level = 'unknown';
  }

  #setCapacity(level) {
    if (this.#capacity === level.capacity) {
      return;
    }
    this.#capacity = level.capacity;
    this.#of.textContent = `of ${level.capacity} ${level.capacity === 1 ? 'token' : 'tokens'}`;
    this.#figure.style.setProperty('--drip', `${Math.min(20, Math.max(0.25, 1 / level.perSecond))}s`);
    this.#ticks.replaceChildren();
    for (let token = 1; level.capacity <= MOST_TICKS && token < level.capacity; token++) {
      const y = BOTTOM - (token / level.capacity) * (BOTTOM - RIM);
      const tick = document.createElementNS(SVG, 'path');
      tick.setAttribute('d', `M20 ${y} H180`);
      this.#ticks.append(tick);
    }
  }
}
