/** The last answers, the newest first. Those that did not pass count down what Retry-After said. */
import {outcomeOf} from './timeline.js';

const MOST = 6;
const REASONS = {200: 'OK', 429: 'Too Many Requests', 503: 'Service Unavailable'};

export class Answers {
  #list;

  constructor(list) {
    this.#list = list;
  }

  /**
   * @param {Response} response
   * @param {number} now milliseconds
   */
  add(response, now) {
    const row = document.createElement('li');
    row.className = outcomeOf(response.status);
    const status = document.createElement('b');
    status.textContent = response.status;
    const words = document.createElement('span');
    words.className = 'reason';
    words.textContent = REASONS[response.status] ?? '';
    row.append(status, words);
    const retryAfter = response.headers.get('Retry-After');
    if (retryAfter !== null) {
      const countdown = document.createElement('span');
      countdown.className = 'countdown';
      row.append(countdown);
      row.dataset.until = now + Number(retryAfter) * 1000;
      row.dataset.seconds = retryAfter;
    }
    this.#list.prepend(row);
    while (this.#list.children.length > MOST) {
      this.#list.lastElementChild.remove();
    }
    this.draw(now);
  }

  draw(now) {
    for (const row of this.#list.querySelectorAll('[data-until]')) {
      // A frame may be dated a little before the answer that came in it.
      const left = Math.min(row.dataset.seconds * 1000, Math.max(0, row.dataset.until - now));
      const countdown = row.querySelector('.countdown');
      const text = left > 0 ? `again in ${Math.ceil(left / 1000)} s` : 'again now';
      if (countdown.textContent !== text) {
        countdown.textContent = text;
      }
      countdown.style.setProperty('--left', (left / (row.dataset.seconds * 1000)).toFixed(3));
      row.classList.toggle('over', left === 0);
    }
  }
}
