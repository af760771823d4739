/** The last requests as marks, let in or not, and how many there were of each kind. */
const MOST = 60;
const NAMES = {permitted: 'let in', rejected: 'rejected', unavailable: 'no Redis'};

/** @param {number} status of a response */
export function outcomeOf(status) {
  return status === 429 ? 'rejected' : status === 503 ? 'unavailable' : 'permitted';
}

export class Timeline {
  #list;
  #counts;
  #numbers = {permitted: 0, rejected: 0, unavailable: 0};

  constructor(list, counts) {
    this.#list = list;
    this.#counts = counts;
  }

  add(status) {
    const outcome = outcomeOf(status);
    const mark = document.createElement('li');
    mark.className = outcome;
    mark.title = `${status}, ${NAMES[outcome]}`;
    mark.setAttribute('aria-label', mark.title);
    this.#list.append(mark);
    while (this.#list.children.length > MOST) {
      this.#list.firstElementChild.remove();
    }
    const count = this.#counts.querySelector(`.${outcome}`);
    count.textContent = `${++this.#numbers[outcome]} ${NAMES[outcome]}`;
    count.hidden = false;
  }
}
